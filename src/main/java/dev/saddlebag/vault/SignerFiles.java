package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files in which a vault names the keys that signed in it: {@code allowed_signers}, and one more for each key that came
 * later. Whoever trusts what a vault names can read at a copy of it only what keys signed that are named there.
 */
final class SignerFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SignerFiles.class);

    private SignerFiles() {}

    /** The file in which a key is named that came later. */
    static String ofOne(String line) {
        return Names.SIGNERS + "-"
                + Hashes.of(line.getBytes(StandardCharsets.US_ASCII)).substring(0, 16);
    }

    /** The names of the files at {@code store}. */
    static Set<String> in(Store store) throws IOException {
        var names = new TreeSet<String>();
        for (var file : store.list("")) {
            if (file.name().startsWith(Names.SIGNERS)) {
                names.add(file.name());
            }
        }
        return names;
    }

    /**
     * Names at {@code to} the keys that {@code from} names and {@code to} does not. Only those that the reader of
     * {@code from} trusts: a key that somebody has planted does not spread.
     *
     * @return the files that were put
     */
    static List<String> bring(Vault from, Vault to, Path scratch) throws IOException {
        var put = new ArrayList<String>();
        var there = in(to.store());
        for (var name : in(from.store())) {
            byte[] file;
            Set<String> lines;
            try (var in = from.store().get(name)) {
                file = in.readNBytes(1 << 20);
                lines = Signers.parse(file).lines();
            } catch (IOException e) {
                LOG.warn("A vault's {} cannot be used: {}", name, e.getMessage());
                continue;
            }
            var missing = new LinkedHashSet<>(lines);
            missing.removeAll(to.namedSigners().lines());
            missing.removeIf(line -> !from.trusts(line));
            if (!missing.isEmpty() && !there.contains(name) && lines.stream().allMatch(from::trusts)) {
                put(to.store(), name, file, scratch, put);
                continue;
            }
            for (var line : missing) {
                put(to.store(), ofOne(line), Signers.text(List.of(line)), scratch, put);
            }
        }
        return put;
    }

    private static void put(Store to, String name, byte[] content, Path scratch, List<String> put) throws IOException {
        try (var file = ScratchFile.of(scratch, content)) {
            to.put(name, file.path());
            put.add(name);
        } catch (FileAlreadyExistsException e) {
            LOG.warn("{} is there and names other keys, or is damaged: {}", name, e.getMessage());
        }
    }
}
