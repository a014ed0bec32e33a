package dev.saddlebag.vault;

/**
 * A public key that vaults are encrypted to: X25519 in age's form, {@code age1…}.
 *
 * @param text the key as the {@code age} command line takes it after {@code -r}
 */
public record Recipient(String text) {
    /** @throws IllegalArgumentException when {@code text} is no such key, or one with a slip of the hand */
    public Recipient {
        Age.writer(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
