package dev.saddlebag.cli;

import dev.saddlebag.vault.Vault;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "cat",
        description = "Writes one file of a snapshot to the standard output, its hash checked on the way.")
final class CatCommand implements Callable<Integer> {
    @ParentCommand
    private Saddlebag saddlebag;

    @Mixin
    private final VaultOptions vaultOptions = new VaultOptions();

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "An id, the beginning of one, a date, or latest.")
    private String snapshot;

    @Parameters(index = "1", paramLabel = "PATH", description = "The path, as ls shows it.")
    private String path;

    @Override
    public Integer call() throws Exception {
        try (OpenedVault opened = vaultOptions.open(saddlebag)) {
            Vault vault = opened.vault();
            try (InputStream content = vault.open(vault.find(snapshot), path)) {
                content.transferTo(System.out);
            }
        }
        System.out.flush();
        return ExitCodes.OK;
    }
}
