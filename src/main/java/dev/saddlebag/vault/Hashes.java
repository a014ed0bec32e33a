package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256, written as 64 lower-case hex digits: the form in which snapshots and vaults name content. */
public final class Hashes {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    private Hashes() {}

    /** A digest that nothing was fed to yet. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static boolean isHash(String text) {
        return FORM.matcher(text).matches();
    }

    /** A hash in hex digits. */
    public static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    /** The hash of {@code content}. */
    public static String of(byte[] content) {
        return hex(sha256().digest(content));
    }

    /** The hash of the content of {@code file}. */
    public static String of(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return of(in);
        }
    }

    static String of(InputStream in) throws IOException {
        var digest = sha256();
        var buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return hex(digest.digest());
    }

    /** The first eight bytes of a hash in hex. */
    static long prefixOfHex(String hash) {
        return Long.parseUnsignedLong(hash, 0, 16, 16);
    }

    /** The first eight bytes of the hash of a text. */
    public static long prefix(String text) {
        return prefixOfHex(of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
