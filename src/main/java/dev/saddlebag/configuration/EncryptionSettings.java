package dev.saddlebag.configuration;

import java.nio.file.Path;
import java.util.List;

/**
 * Who can read the snapshots of a workspace.
 *
 * @param recipients the public keys of age to which they are encrypted; empty when they are not
 * @param identities the files with secret keys that commands of this machine read them with
 */
public record EncryptionSettings(List<String> recipients, List<Path> identities) {
    /** Nothing is encrypted. */
    public static final EncryptionSettings NONE = new EncryptionSettings(List.of(), List.of());

    public EncryptionSettings {
        recipients = List.copyOf(recipients);
        identities = List.copyOf(identities);
    }

    public boolean isOn() {
        return !recipients.isEmpty();
    }
}
