package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The keys whose signatures a reader trusts: OpenSSH's {@code allowed_signers}. A vault carries a copy for convenience;
 * who wants to be safe from somebody who can write to the vault keeps a copy elsewhere (facts/vault-study.md §4.1).
 */
public final class Signers {
    private static final String PREFIX =
            SshSignature.NAMESPACE + " namespaces=\"" + SshSignature.NAMESPACE + "\" " + SshWire.ED25519 + " ";

    private static final Pattern LATER = Pattern.compile(Names.SIGNERS + "-[0-9a-f]{16}");

    private final Set<String> lines;

    private Signers(Set<String> lines) {
        this.lines = lines;
    }

    static Signers of(byte[] publicKey) {
        return new Signers(Set.of(line(publicKey)));
    }

    static Signers none() {
        return new Signers(Set.of());
    }

    /**
     * Reads an {@code allowed_signers} file.
     *
     * @throws IOException when there is a line that Saddlebag would not have written
     */
    public static Signers parse(byte[] file) throws IOException {
        var text = new String(file, StandardCharsets.ISO_8859_1);
        Set<String> lines = new LinkedHashSet<>();
        List<String> read = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        if (!read.remove(read.size() - 1).isEmpty()) {
            throw new IOException("its last line is cut off");
        }
        for (var line : read) {
            lines.add(checked(line));
        }
        if (lines.isEmpty()) {
            throw new IOException("it names no key");
        }
        return new Signers(lines);
    }

    /** These and those. */
    public Signers and(Signers others) {
        Set<String> all = new LinkedHashSet<>(lines);
        all.addAll(others.lines);
        return new Signers(all);
    }

    /** The name of the file with this one key in a vault whose first key is another. */
    String ownName() {
        return SignerFiles.ofOne(String.join("\n", lines));
    }

    /**
     * The key of a later host is in a file that is called after it.
     *
     * @throws IOException when {@code name} is after another key than this
     */
    void checkName(String name) throws IOException {
        if (LATER.matcher(name).matches() && !name.equals(ownName())) {
            throw new IOException("it holds another key than the one that it is called after");
        }
    }

    boolean trust(byte[] publicKey) {
        return lines.contains(line(publicKey));
    }

    boolean includes(Signers others) {
        return lines.containsAll(others.lines);
    }

    /** The content of a file that names these keys. */
    static byte[] text(Collection<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Each key as a line of its own, without the end of the line. */
    Set<String> lines() {
        return Collections.unmodifiableSet(lines);
    }

    static String line(byte[] publicKey) {
        return PREFIX + Base64.getEncoder().encodeToString(publicKey);
    }

    private static String checked(String line) throws IOException {
        if (!line.startsWith(PREFIX)) {
            throw new IOException("a line does not begin with " + PREFIX.strip());
        }
        try {
            var packed = Base64.getDecoder().decode(line.substring(PREFIX.length()));
            SshWire.publicKey(packed);
            if (line.equals(line(packed))) {
                return line;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("a key is no valid base64", e);
        }
        throw new IOException("a key is not in the one form that it has");
    }
}
