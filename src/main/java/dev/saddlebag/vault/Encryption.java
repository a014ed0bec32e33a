package dev.saddlebag.vault;

import java.io.IOException;
import java.io.OutputStream;

/** Encrypts to public keys; whoever can encrypt can't read it back for that. */
public interface Encryption {
    /**
     * A stream that writes what it is given to {@code out}, encrypted as one file, in constant memory. Closing it ends the
     * file and closes {@code out}; a file that was not closed can't be decrypted.
     *
     * @throws IOException when the head of the file cannot be written
     */
    OutputStream encrypt(OutputStream out) throws IOException;
}
