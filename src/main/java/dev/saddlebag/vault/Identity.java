package dev.saddlebag.vault;

/** A secret key that opens what was encrypted to its {@link #recipient}: X25519 in age's form. It never prints itself. */
public final class Identity {
    private final String text;
    private final Recipient recipient;

    private Identity(String text) {
        this.text = text;
        this.recipient = Age.recipient(text);
    }

    /** Makes a new key. */
    public static Identity create() {
        return new Identity(Age.newIdentity());
    }

    /**
     * Reads a line {@code AGE-SECRET-KEY-1…}.
     *
     * @throws IllegalArgumentException when it is none; the message does not repeat it
     */
    public static Identity parse(String text) {
        return new Identity(text);
    }

    /** The public half. */
    public Recipient recipient() {
        return recipient;
    }

    /** The secret itself, for the one file or sheet that keeps it. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "the identity of " + recipient;
    }
}
