package dev.saddlebag.vault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Somebody who has the signing key and means harm: changes a snapshot and signs it as if nothing had happened. */
final class Forger {
    private final MemoryStore store;
    private final SigningKey key;
    private final RunId run;

    Forger(MemoryStore store, SigningKey key, RunId run) {
        this.store = store;
        this.key = key;
        this.run = run;
    }

    void forgeManifest(UnaryOperator<List<String>> change) throws IOException {
        var name = Names.manifest(run);
        String text;
        try (var in = new GZIPInputStream(new ByteArrayInputStream(store.files.get(name)))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        var lines = change.apply(text.lines().toList());
        forge(name, gzip(String.join("\n", lines) + "\n"));
    }

    void forge(String name, byte[] content) throws IOException {
        store.files.put(name, content);
        var old = SnapshotRecord.parse(store.files.get(Names.record(run)));
        var sizes = new TreeMap<>(old.sizes());
        sizes.put(name, (long) content.length);
        var record = new SnapshotRecord(
                run,
                old.vaultId(),
                old.vaultSha256(),
                old.workspace(),
                old.parent(),
                old.facts(),
                old.previous(),
                sizes);
        sign(name, content, record.encode());
    }

    void forgeRecord(UnaryOperator<String> change) throws IOException {
        var text = new String(store.files.get(Names.record(run)), StandardCharsets.UTF_8);
        sign(null, null, change.apply(text).getBytes(StandardCharsets.UTF_8));
    }

    private void sign(String name, byte[] content, byte[] record) throws IOException {
        var hashes = new TreeMap<>(
                SumList.parse(run, store.files.get(Names.list(run))).hashes());
        if (name != null) {
            hashes.put(name, Hashes.of(content));
        }
        hashes.put(Names.record(run), Hashes.of(record));
        var list = SumList.of(hashes).encode();
        store.files.put(Names.record(run), record);
        store.files.put(Names.list(run), list);
        store.files.put(Names.signature(run), key.sign(list));
    }

    static byte[] gzip(String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
