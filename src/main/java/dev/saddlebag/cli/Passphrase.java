package dev.saddlebag.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Asks for passphrases: the environment first, for what runs unattended, then the person at the terminal. */
final class Passphrase {
    static final String VARIABLE = "SADDLEBAG_PASSPHRASE";

    private Passphrase() {}

    /** The passphrase of the identity file {@code file}. */
    static char[] ask(Path file) throws IOException {
        return ask(file, "Passphrase of %s: ");
    }

    /** A passphrase for a new identity file {@code file}. */
    static char[] choose(Path file) throws IOException {
        char[] first = ask(file, "New passphrase of %s: ");
        char[] again = ask(file, "Again, for %s: ");
        if (first.length == 0) {
            throw new IllegalArgumentException("An empty passphrase protects nothing. Nothing was written");
        }
        if (!Arrays.equals(first, again)) {
            throw new IllegalArgumentException("The two passphrases differ. Nothing was written");
        }
        return first;
    }

    // Where Java gives a console that is no terminal, it reads to the end of the input and gives null then.
    @SuppressWarnings("SystemConsoleNull")
    private static char[] ask(Path file, String question) throws IOException {
        String given = System.getenv(VARIABLE);
        if (given != null) {
            return given.toCharArray();
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword(question, file);
        if (typed == null) {
            throw new IOException("the identity file " + file
                    + " is protected by a passphrase, and there is no terminal to" + " ask for it. Set " + VARIABLE);
        }
        return typed;
    }
}
