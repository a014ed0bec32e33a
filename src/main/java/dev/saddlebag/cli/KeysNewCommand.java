package dev.saddlebag.cli;

import dev.saddlebag.vault.Identity;
import dev.saddlebag.vault.IdentityFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "new",
        description =
                "Makes two keys, one for daily work and one for recovery, and a sheet to print with the second. Prints "
                        + "the line for the configuration. Overwrites nothing.")
final class KeysNewCommand implements Callable<Integer> {
    private static final String OPS = "ops-key.txt";
    private static final String RECOVERY = "recovery-key.txt";
    private static final String SHEET = "recovery-sheet.txt";
    private static final String PRINTABLE = "recovery-sheet.html";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = "keys",
            description =
                    "The folder to write into (default: ${DEFAULT-VALUE}). Best on a stick, not on the backup host.")
    private Path directory;

    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            defaultValue = "NAME",
            description = "The workspace for the line of the configuration.")
    private String workspace;

    @Option(
            names = "--passphrase",
            description =
                    "Protects the ops key by a passphrase, which is asked for (or stands in the environment variable "
                            + Passphrase.VARIABLE + ").")
    private boolean passphrase;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws Exception {
        refuseToOverwrite();
        char[] protection = passphrase ? Passphrase.choose(directory.resolve(OPS)) : null;
        createFolder();
        Identity ops = Identity.create();
        Identity recovery = Identity.create();
        if (protection == null) {
            IdentityFile.write(directory.resolve(OPS), ops, clock);
        } else {
            IdentityFile.write(directory.resolve(OPS), ops, clock, protection);
            Arrays.fill(protection, ' ');
        }
        IdentityFile.write(directory.resolve(RECOVERY), recovery, clock);
        RecoverySheet sheet = new RecoverySheet(recovery, clock.instant());
        write(directory.resolve(SHEET), sheet.text());
        write(directory.resolve(PRINTABLE), sheet.html());
        print(ops, recovery);
        return ExitCodes.OK;
    }

    private void refuseToOverwrite() {
        for (String name : List.of(OPS, RECOVERY, SHEET, PRINTABLE)) {
            Path file = directory.resolve(name);
            if (Files.exists(file)) {
                throw new IllegalArgumentException(
                        file + " is there already, and a key that is lost opens nothing again. Nothing was written. Say"
                                + " --directory with another folder");
            }
        }
    }

    private void createFolder() throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(
                        directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        try (OutputStream out = IdentityFile.create(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void print(Identity ops, Identity recovery) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("For the configuration of the backup host (public keys; they are no secret):%n%n");
        out.printf("saddlebag.workspace.%s.recipients = %s, %s%n%n", workspace, ops.recipient(), recovery.recipient());
        out.printf("Then, now and not later:%n");
        out.printf(
                "  1. Print %s and put it where fire and thieves do not find it together with the backups.%n",
                directory.resolve(PRINTABLE));
        out.printf(
                "  2. Delete %s, %s and %s. The printed sheet is the recovery key.%n",
                directory.resolve(RECOVERY), directory.resolve(SHEET), directory.resolve(PRINTABLE));
        out.printf("  3. Keep %s away from the backup host, which needs no secret key.%n", directory.resolve(OPS));
        out.printf("  4. After the first backup: saddlebag keys check --identity %s%n", directory.resolve(OPS));
        out.printf("Whoever has one of these keys reads the backups; when both are lost, nobody ever does.%n");
    }
}
