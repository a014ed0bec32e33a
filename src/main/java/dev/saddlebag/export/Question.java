package dev.saddlebag.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * One question to a host that exports.
 *
 * @param name what is asked, for messages
 * @param headers what goes along, credentials among them
 * @param content the JSON to send, or null
 * @param answered what the answer means
 * @param wanted whether the answer is still needed when its turn comes
 */
public record Question(
        String name,
        String method,
        URI address,
        Map<String, String> headers,
        ObjectNode content,
        Understanding answered,
        BooleanSupplier wanted) {
    /** What an answer means to whoever asked. */
    @FunctionalInterface
    public interface Understanding {
        void of(ObjectNode answer) throws ExportException;
    }

    public Question {
        headers = Map.copyOf(headers);
    }

    /** Whether the answer is still needed. */
    public boolean stillMatters() {
        return wanted.getAsBoolean();
    }

    Question onlyIf(BooleanSupplier condition) {
        return new Question(name, method, address, headers, content, answered, condition);
    }

    /** What goes over the wire as the body, or null. */
    public String body() {
        return content == null ? null : content.toString();
    }

    @Override
    public String toString() {
        return name + " at " + address.getRawAuthority();
    }
}
