package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The list of one snapshot, {@code meta/<run>.sha256}: hash and name of every file that it needs, in the form that
 * {@code sha256sum -c} reads, sorted, with a closing line that tells a whole list from a torn one (facts/vault-study.md
 * §4.2).
 *
 * @param hashes from the name of a stored file to the SHA-256 of its stored bytes
 */
record SumList(SortedMap<String, String> hashes) {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) {2}(\\S+)");

    SumList {
        hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
    }

    static SumList of(Map<String, String> hashes) {
        return new SumList(new TreeMap<>(hashes));
    }

    byte[] encode() {
        var text = new StringBuilder();
        hashes.forEach(
                (name, hash) -> text.append(hash).append("  ").append(name).append('\n'));
        text.append("# complete ").append(hashes.size()).append('\n');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the list of {@code run} and accepts exactly what {@link #encode} writes.
     *
     * @throws IOException when the list is torn, or names what no snapshot of this id may need
     */
    static SumList parse(RunId run, byte[] bytes) throws IOException {
        var text = decode(bytes);
        SortedMap<String, String> hashes = new TreeMap<>();
        var complete = false;
        if (text.lines().noneMatch(line -> line.startsWith("# complete "))) {
            throw new IOException("it is torn: the closing line is missing");
        }
        for (var line : text.lines().toList()) {
            if (complete) {
                throw new IOException("something follows its closing line");
            }
            var matcher = LINE.matcher(line);
            if (matcher.matches()) {
                var name = matcher.group(2);
                if (!Names.isData(name) && !isOwnMeta(run, name)) {
                    throw new IOException("it names \"" + name + "\", which no snapshot " + run + " may need");
                }
                hashes.put(name, matcher.group(1));
            } else if (line.equals("# complete " + hashes.size())) {
                complete = true;
            } else {
                throw new IOException("it has a line that is not \"<sha256>  <name>\"");
            }
        }
        var list = new SumList(hashes);
        if (!java.util.Arrays.equals(list.encode(), bytes)) {
            throw new IOException("it is not in the one form that a list has (sorted, each name once)");
        }
        return list;
    }

    private static boolean isOwnMeta(RunId run, String name) {
        return name.equals(Names.record(run))
                || name.equals(Names.manifest(run))
                || name.equals(Names.encrypted(Names.manifest(run)));
    }

    private static String decode(byte[] bytes) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not text", e);
        }
    }
}
