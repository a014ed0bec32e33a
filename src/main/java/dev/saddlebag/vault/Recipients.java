package dev.saddlebag.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lists of public keys as the JSON files of a vault and messages have them. */
final class Recipients {
    private static final String FIELD = "recipients";

    private Recipients() {}

    /** Nothing is written where nothing is encrypted. */
    static void put(ObjectNode json, List<Recipient> recipients) {
        if (!recipients.isEmpty()) {
            var list = json.putArray(FIELD);
            recipients.forEach(recipient -> list.add(recipient.text()));
        }
    }

    /** @throws IllegalArgumentException when one is no public key */
    static List<Recipient> in(JsonNode json) {
        List<Recipient> recipients = new ArrayList<>();
        json.path(FIELD).forEach(key -> recipients.add(new Recipient(key.asText())));
        return recipients;
    }

    static String text(List<Recipient> recipients) {
        return recipients.stream().map(Recipient::text).collect(Collectors.joining(", "));
    }
}
