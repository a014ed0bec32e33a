package dev.saddlebag.cli;

import dev.saddlebag.vault.Vault;
import java.io.Closeable;
import java.io.IOException;

/**
 * A vault that a command looks into, until it closes it.
 *
 * @param behind what the vault stands on: the routes to a destination, or files
 */
record OpenedVault(Vault vault, Closeable behind) implements Closeable {
    @Override
    public void close() throws IOException {
        behind.close();
    }
}
