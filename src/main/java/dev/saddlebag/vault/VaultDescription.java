package dev.saddlebag.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What {@code vault.json} says; written once, the same bytes at every destination (facts/vault-study.md §4.1).
 *
 * @param id tells this vault from all others: 32 hex digits
 * @param created when, in UTC
 * @param readmeSha256 hash of the vault's {@code README.txt}, so that it is covered by the signatures too
 * @param recipients the keys to which the vault was encrypted when it was made; empty when it is not encrypted, which
 *     stays as it is. Later snapshots may be for other keys: each says which.
 */
record VaultDescription(String id, String workspace, String created, String readmeSha256, List<Recipient> recipients) {
    private static final String PLAIN = "none";
    private static final String AGE = "age";

    VaultDescription {
        recipients = List.copyOf(recipients);
    }

    static VaultDescription create(String workspace, String readmeSha256, Clock clock, RandomGenerator random) {
        return create(workspace, readmeSha256, List.of(), clock, random);
    }

    static VaultDescription create(
            String workspace, String readmeSha256, List<Recipient> recipients, Clock clock, RandomGenerator random) {
        var id = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        var created = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return new VaultDescription(id, workspace, created, readmeSha256, recipients);
    }

    boolean isEncrypted() {
        return !recipients.isEmpty();
    }

    byte[] encode() throws IOException {
        var json = Json.MAPPER.createObjectNode();
        json.put("format", Names.FORMAT);
        json.putArray("requires");
        json.put("id", id);
        json.put("workspace", workspace);
        json.put("created", created);
        json.put("hash", "sha256");
        json.put("encryption", isEncrypted() ? AGE : PLAIN);
        Recipients.put(json, recipients);
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
            var encryption = json.path("encryption").asText(PLAIN);
            if (!encryption.equals(PLAIN) && !encryption.equals(AGE)) {
                throw new UnsupportedVaultException(
                        "its encryption is \"" + encryption + "\", and this Saddlebag knows \"" + AGE
                                + "\" only. Nothing was changed. Use a newer Saddlebag");
            }
            var recipients = Recipients.in(json);
            if (encryption.equals(AGE) == recipients.isEmpty()) {
                throw new IOException(
                        "its encryption is \"" + encryption + "\", and it names " + recipients.size() + " keys");
            }
            return new VaultDescription(
                    json.path("id").textValue(),
                    json.path("workspace").asText(),
                    json.path("created").asText(),
                    json.path("readmeSha256").asText(),
                    recipients);
        } catch (IllegalArgumentException e) {
            throw new IOException("its keys cannot be used: " + e.getMessage(), e);
        } catch (JsonProcessingException e) {
            throw new IOException("it is no valid JSON: " + e.getOriginalMessage(), e);
        }
    }
}
