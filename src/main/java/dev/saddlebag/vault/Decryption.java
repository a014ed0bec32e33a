package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InputStream;

/** Reads what an {@link Encryption} wrote, with secret keys. */
public interface Decryption {
    /**
     * The content of the encrypted file {@code in}, in constant memory. Each byte that it gives was written so; whether the
     * file is whole shows at its end only.
     *
     * @throws WrongIdentityException when the file is for other keys
     * @throws CannotDecryptException when it is no encrypted file or not what was written; reading throws it too
     */
    InputStream decrypt(InputStream in) throws IOException;
}
