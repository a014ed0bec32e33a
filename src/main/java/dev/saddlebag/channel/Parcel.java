package dev.saddlebag.channel;

import dev.saddlebag.report.Sizes;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What goes with the e-mail about a snapshot.
 *
 * @param file the archive on this disk; empty when none goes along
 * @param name how the archive is called there
 * @param isEncrypted whether it takes a key to open the archive
 * @param words what the e-mail says of it, in sentences
 */
record Parcel(Optional<Path> file, String name, boolean isEncrypted, String words) {
    /** Nobody asked for an archive. */
    static Parcel none() {
        return new Parcel(
                Optional.empty(), "", false, "No archive is attached: this destination is set to send reports.");
    }

    /** The archive, with a hash by which whoever gets it can tell that it is whole. */
    static Parcel of(Path file, String name, boolean isEncrypted, long bytes, String sha256) {
        return new Parcel(
                Optional.of(file),
                name,
                isEncrypted,
                "Attached is %s (%s, SHA-256 %s), which is a whole vault with this snapshot, %s."
                        .formatted(
                                name,
                                Sizes.text(bytes),
                                sha256,
                                isEncrypted ? "encrypted" : "NOT encrypted, as allow-plain says"));
    }

    /**
     * The archive is too large to go along.
     *
     * @param bytes as how many bytes of e-mail it would go, at least
     */
    static Parcel tooLarge(long bytes, long limit) {
        return new Parcel(
                Optional.empty(),
                "",
                false,
                "The archive is NOT attached: as e-mail it has %s or more, and the limit is %s."
                        .formatted(Sizes.text(bytes), Sizes.text(limit)));
    }
}
