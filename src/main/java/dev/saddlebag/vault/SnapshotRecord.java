package dev.saddlebag.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The small clear record of a snapshot, {@code meta/<run>.json} (facts/vault-study.md §4.4).
 *
 * @param vaultId which vault the snapshot belongs to
 * @param vaultSha256 hash of that vault's {@code vault.json}, so that the signature covers it too
 * @param parent the snapshot whose packs were reused; null for a first one
 * @param facts what the run knew
 * @param previous the snapshots that were alive, and the hash of the list of each: a set and no chain, because retention
 *     cuts holes (§3.4)
 * @param sizes bytes of every stored file that the list names, but for this record itself
 * @param recipients who can read what this run added; empty when it is not encrypted
 */
record SnapshotRecord(
        RunId id,
        String vaultId,
        String vaultSha256,
        String workspace,
        RunId parent,
        Facts facts,
        SortedMap<RunId, String> previous,
        SortedMap<String, Long> sizes,
        List<Recipient> recipients) {

    SnapshotRecord {
        previous = Collections.unmodifiableSortedMap(new TreeMap<>(previous));
        sizes = Collections.unmodifiableSortedMap(new TreeMap<>(sizes));
        recipients = List.copyOf(recipients);
    }

    /** The record of a run that encrypts nothing. */
    SnapshotRecord(
            RunId id,
            String vaultId,
            String vaultSha256,
            String workspace,
            RunId parent,
            Facts facts,
            SortedMap<RunId, String> previous,
            SortedMap<String, Long> sizes) {
        this(id, vaultId, vaultSha256, workspace, parent, facts, previous, sizes, List.of());
    }

    byte[] encode() throws IOException {
        var json = Json.MAPPER.createObjectNode();
        json.put("format", Names.FORMAT);
        json.putArray("requires");
        json.put("id", id.value());
        json.put("vault", vaultId);
        json.put("vaultSha256", vaultSha256);
        json.put("workspace", workspace);
        json.put("started", id.started().toString());
        json.put("tool", facts.tool());
        json.put("verdict", facts.verdict());
        json.put("complete", facts.complete());
        var counts = json.putObject("counts");
        facts.counts().forEach((name, count) -> counts.put(name, count));
        Recipients.put(json, recipients);
        json.put("parent", parent == null ? null : parent.value());
        var alive = json.putArray("previous");
        previous.forEach((run, hash) -> alive.addObject().put("id", run.value()).put("sha256", hash));
        var bytes = json.putObject("sizes");
        sizes.forEach((name, size) -> bytes.put(name, size));
        return (Json.PRETTY.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws UnsupportedVaultException when it is of a later format or requires what we do not know
     * @throws IOException when it is no record
     */
    static SnapshotRecord parse(byte[] bytes) throws IOException {
        try {
            var json = Json.MAPPER.readTree(bytes);
            Requirements.check(json);
            var parent = json.path("parent");
            return new SnapshotRecord(
                    RunId.parse(text(json, "id")),
                    text(json, "vault"),
                    text(json, "vaultSha256"),
                    text(json, "workspace"),
                    parent.isTextual() ? RunId.parse(parent.textValue()) : null,
                    new Facts(
                            text(json, "verdict"),
                            json.path("complete").asBoolean(),
                            numbers(json.path("counts")),
                            text(json, "tool")),
                    previous(json.path("previous")),
                    numbers(json.path("sizes")),
                    Recipients.in(json));
        } catch (JsonProcessingException e) {
            throw new IOException("it is no valid JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("it is no record of a snapshot: " + e.getMessage(), e);
        }
    }

    /** Bytes of {@code name} as stored; -1 when the record does not say. */
    long size(String name) {
        return sizes.getOrDefault(name, -1L);
    }

    /** The names in the list that only this run wrote. */
    static boolean isOwn(RunId run, String name) {
        return name.startsWith("data/" + run) || name.startsWith("meta/" + run);
    }

    private static SortedMap<RunId, String> previous(JsonNode list) {
        SortedMap<RunId, String> previous = new TreeMap<>();
        for (var one : list) {
            previous.put(RunId.parse(text(one, "id")), text(one, "sha256"));
        }
        return previous;
    }

    private static SortedMap<String, Long> numbers(JsonNode object) {
        SortedMap<String, Long> numbers = new TreeMap<>();
        for (var field : object.properties()) {
            numbers.put(field.getKey(), field.getValue().longValue());
        }
        return numbers;
    }

    private static String text(JsonNode json, String key) {
        var value = json.path(key);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("\"" + key + "\" is missing");
        }
        return value.textValue();
    }
}
