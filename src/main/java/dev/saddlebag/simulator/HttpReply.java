package dev.saddlebag.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer before it is sent.
 *
 * @param length of the body in bytes
 */
record HttpReply(int status, Map<String, String> headers, long length, Body body) {
    /** Writes a body. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    static HttpReply of(int status, String mediaType, byte[] body) {
        return new HttpReply(status, Map.of("Content-Type", mediaType), body.length, out -> out.write(body));
    }

    HttpReply with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpReply(status, more, length, body);
    }
}
