package dev.saddlebag.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/**
 * What {@code vault.json} says; written once, the same bytes at every destination (facts/vault-study.md §4.1).
 *
 * @param id tells this vault from all others: 32 hex digits
 * @param created when, in UTC
 * @param readmeSha256 hash of the vault's {@code README.txt}, so that it is covered by the signatures too
 */
record VaultDescription(String id, String workspace, String created, String readmeSha256) {

    static VaultDescription create(String workspace, String readmeSha256, Clock clock, RandomGenerator random) {
        var id = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        var created = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return new VaultDescription(id, workspace, created, readmeSha256);
    }

    byte[] encode() throws IOException {
        var json = Json.MAPPER.createObjectNode();
        json.put("format", Names.FORMAT);
        json.putArray("requires");
        json.put("id", id);
        json.put("workspace", workspace);
        json.put("created", created);
        json.put("hash", "sha256");
        json.put("encryption", "none");
        json.put("readmeSha256", readmeSha256);
        return (Json.PRETTY.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws UnsupportedVaultException when it is of a later format or requires what we do not know
     * @throws IOException when it is no description of a vault
     */
    static VaultDescription parse(byte[] bytes) throws IOException {
        try {
            var json = Json.MAPPER.readTree(bytes);
            Requirements.check(json);
            if (!json.path("id").isTextual()) {
                throw new IOException("it names no vault id");
            }
            return new VaultDescription(
                    json.path("id").textValue(),
                    json.path("workspace").asText(),
                    json.path("created").asText(),
                    json.path("readmeSha256").asText());
        } catch (JsonProcessingException e) {
            throw new IOException("it is no valid JSON: " + e.getOriginalMessage(), e);
        }
    }
}
