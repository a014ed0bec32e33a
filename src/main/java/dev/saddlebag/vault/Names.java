package dev.saddlebag.vault;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names of the files of a vault (docs/vault-format.md, facts/vault-study.md §4.1). */
final class Names {
    static final String FORMAT = "saddlebag-vault/1";
    static final String MANIFEST_FORMAT = "saddlebag-manifest/1";

    static final String README = "README.txt";
    static final String VAULT = "vault.json";
    static final String SIGNERS = "allowed_signers";

    /** At the top of what holds some snapshots of a vault only. */
    static final String PART = "PART-OF-A-VAULT.txt";

    static final String DATA = "data";
    static final String META = "meta";
    static final String TRASH = "trash";

    private static final String ENCRYPTED = ".age";

    private static final Pattern DATA_NAME =
            Pattern.compile("data/" + RunId.FORM + "-([pfb])\\d{4,}(\\.[A-Za-z0-9]{1,16}){0,4}");
    private static final Pattern PACK_NAME = Pattern.compile("data/" + RunId.FORM + "-[pf]\\d{4,}\\.zip(\\.age)?");
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,8}");

    private Names() {}

    static String list(RunId run) {
        return "meta/" + run + ".sha256";
    }

    static String signature(RunId run) {
        return "meta/" + run + ".sha256.sig";
    }

    static String record(RunId run) {
        return "meta/" + run + ".json";
    }

    static String manifest(RunId run) {
        return "meta/" + run + ".manifest.gz";
    }

    static boolean isData(String name) {
        return DATA_NAME.matcher(name).matches();
    }

    /** True for a ZIP of small entries, false for (a part of) one large file. */
    static boolean isPack(String name) {
        return PACK_NAME.matcher(name).matches();
    }

    static boolean isEncrypted(String name) {
        return name.endsWith(ENCRYPTED);
    }

    /** The name of a file when it is encrypted as a whole; a part is a file. */
    static String encrypted(String name) {
        return name + ENCRYPTED;
    }

    /**
     * The extension that a loose file keeps, with its dot, or nothing. Extensions that mean something to the format
     * itself ({@code .age}, the numbers of parts) are dropped.
     */
    static String looseExtension(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        var dot = name.lastIndexOf('.');
        var extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        var usable = EXTENSION.matcher(extension).matches()
                && !extension.equals("age")
                && !extension.chars().allMatch(Character::isDigit);
        return usable ? "." + extension : "";
    }
}
