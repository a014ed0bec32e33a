package dev.saddlebag.channel;

import dev.saddlebag.report.Message;
import dev.saddlebag.vault.Age;
import dev.saddlebag.vault.Encryption;
import dev.saddlebag.vault.Hashes;
import dev.saddlebag.vault.PortableVault;
import dev.saddlebag.vault.Recipient;
import dev.saddlebag.vault.Sealed;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A snapshot on its way to a destination that sends messages: what the Kamelet of the destination makes a message of. */
public final class Dispatch implements Closeable {
    /** Puts in words what is told of a snapshot. */
    @FunctionalInterface
    interface Wording {
        Message words(Parcel parcel) throws IOException;
    }

    private final Sealed sealed;
    private final String destination;
    private final PortableVault vault;
    private final List<Recipient> recipients;
    private final Path scratch;
    private final Departure departure;
    private final Wording wording;
    private final Clock clock;
    private final List<Path> files = new ArrayList<>();

    /**
     * @param vault what archives are made of
     * @param recipients the keys of the workspace; none when it is not encrypted
     * @param scratch a folder for archives, each there until this is closed
     */
    Dispatch(
            Sealed sealed,
            String destination,
            PortableVault vault,
            List<Recipient> recipients,
            Path scratch,
            Departure departure,
            Wording wording,
            Clock clock) {
        this.sealed = sealed;
        this.destination = destination;
        this.vault = vault;
        this.recipients = List.copyOf(recipients);
        this.scratch = scratch;
        this.departure = departure;
        this.wording = wording;
        this.clock = clock;
    }

    /** The same for the same snapshot at the same destination, in letters, digits, dots and hyphens. */
    String id() {
        return sealed.id() + "." + sealed.snapshot().workspace() + "." + destination;
    }

    /**
     * The snapshot as one file, which is a vault with nothing else in it, or that it is larger than that.
     *
     * @param limit in bytes as e-mail carries them
     * @param keys who can open it; those of the workspace when there are none
     * @param allowPlain whether it may go so that everybody can open it
     * @throws IOException when it cannot be made, or nobody has said that it may go in clear
     */
    Parcel archive(long limit, List<Recipient> keys, boolean allowPlain) throws IOException {
        List<Recipient> readers = keys.isEmpty() ? recipients : keys;
        if (readers.isEmpty() && !allowPlain) {
            throw new IOException(
                    "the archive would go unencrypted, and neither recipients nor allow-plain=true is set");
        }
        long atLeast = Base64Size.of(sealed.snapshot().storedBytes());
        if (atLeast > limit) {
            return Parcel.tooLarge(atLeast, limit);
        }
        Path file = Files.createTempFile(scratch, "mail-", ".tmp");
        files.add(file);
        try (OutputStream out =
                new BufferedOutputStream(new LimitedOutput(Files.newOutputStream(file), limit), 1 << 16)) {
            write(out, readers);
        } catch (ArchiveTooLargeException tooLarge) {
            return Parcel.tooLarge(Math.max(atLeast, limit), limit);
        }
        String name = sealed.snapshot().workspace() + "-" + sealed.id() + ".zip" + (readers.isEmpty() ? "" : ".age");
        return Parcel.of(file, name, !readers.isEmpty(), Files.size(file), Hashes.of(file));
    }

    private void write(OutputStream out, List<Recipient> readers) throws IOException {
        if (readers.isEmpty()) {
            vault.write(List.of(sealed.snapshot()), out);
            return;
        }
        Encryption encryption = Age.encryption(readers);
        try (OutputStream encrypting = encryption.encrypt(out)) {
            vault.write(List.of(sealed.snapshot()), encrypting);
        }
    }

    /** What is told of the snapshot. */
    Message message(Parcel parcel) throws IOException {
        return wording.words(parcel);
    }

    /** Notes that the message is about to leave: from now on nobody knows whether it arrived, until somebody says so. */
    void leave() throws IOException {
        departure.begin(clock.instant());
    }

    @Override
    public void close() throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
