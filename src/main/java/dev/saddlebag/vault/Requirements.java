package dev.saddlebag.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * Whether this version may read something that says of itself {@code format} and {@code requires}: an unknown major
 * format or feature is refused, an unknown field is ignored (facts/vault-study.md §4.11).
 */
final class Requirements {
    private Requirements() {}

    static void check(JsonNode json) throws IOException {
        var format = json.path("format");
        if (!format.isTextual()) {
            throw new IOException("it does not say its \"format\"");
        }
        if (!Names.FORMAT.equals(format.textValue())) {
            throw new UnsupportedVaultException(
                    "its format is \"" + format.textValue() + "\" and this Saddlebag reads \"" + Names.FORMAT
                            + "\". Nothing was changed. Use a newer Saddlebag");
        }
        for (var feature : json.path("requires")) {
            throw new UnsupportedVaultException("reading it requires \"" + feature.asText()
                    + "\", which this Saddlebag does not know. Nothing was changed. Use a newer Saddlebag");
        }
    }
}
