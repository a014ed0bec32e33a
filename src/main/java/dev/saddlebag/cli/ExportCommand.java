package dev.saddlebag.cli;

import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Sizes;
import dev.saddlebag.vault.Age;
import dev.saddlebag.vault.Encryption;
import dev.saddlebag.vault.Entry;
import dev.saddlebag.vault.Exported;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.PortableVault;
import dev.saddlebag.vault.Progress;
import dev.saddlebag.vault.Recipient;
import dev.saddlebag.vault.Snapshot;
import dev.saddlebag.vault.Survey;
import dev.saddlebag.vault.TreeArchive;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description =
                "Writes a snapshot into a folder, or into one file to take along. Files that are there already are "
                        + "never overwritten.")
final class ExportCommand implements Callable<Integer> {
    private static final String ALL = "all";

    /** What is written. */
    enum Format {
        tree,
        vault
    }

    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final VaultOptions vaultOptions = new VaultOptions();

    @Parameters(
            index = "0",
            paramLabel = "SNAPSHOT",
            description = "An id, the beginning of one, a date, or latest. With the format vault also: all.")
    private String snapshot;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR|FILE.zip|FILE.zip.age",
            description = "The folder to write to, or the one file.")
    private Path to;

    @Option(
            names = "--format",
            paramLabel = "tree|vault",
            description =
                    "tree: the files under their own paths (default for a folder). vault: the snapshot as it is stored,"
                            + " with its signature, to be checked, read, and brought to a destination again by sync (default for a"
                            + " file).")
    private Format format;

    @Option(
            names = "--recipient",
            paramLabel = "KEY",
            description = "For FILE.zip.age: a public key of age that can open it; repeatable (default: the workspace's"
                    + " recipients).")
    private final List<String> recipients = new ArrayList<>();

    @Option(
            names = "--only",
            paramLabel = "PATH",
            defaultValue = "",
            description = "With the format tree: only what is below this path.")
    private String only;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        ExportTarget target = new ExportTarget(to);
        boolean tree = format == null ? target.isFolder() : format == Format.tree;
        refuseContradictions(target, tree);
        Optional<Encryption> encryption = encryption(target);
        try (OpenedVault opened = vaultOptions.open(saddlebag)) {
            if (!tree) {
                return exportVault(opened.vault(), target, encryption);
            }
            Snapshot found = opened.vault().find(snapshot);
            say(List.of(found), exportTree(opened.vault(), found, target, encryption), "each hash compared");
        }
        return ExitCodes.OK;
    }

    private void refuseContradictions(ExportTarget target, boolean tree) {
        if (!tree && target.isFolder()) {
            throw new IllegalArgumentException(
                    "--format vault writes one file: say --to FILE.zip or FILE.zip.age. To fill a"
                            + " folder with a vault, make it a destination and use sync");
        }
        if (!tree && !only.isEmpty()) {
            throw new IllegalArgumentException("--only needs --format tree: a vault holds whole snapshots");
        }
        if (tree && snapshot.equals(ALL)) {
            throw new IllegalArgumentException("all snapshots together need --format vault and --to FILE.zip");
        }
        if (!target.isEncrypted() && !recipients.isEmpty()) {
            throw new IllegalArgumentException("--recipient needs --to FILE.zip.age: nothing else is encrypted");
        }
    }

    private Optional<Encryption> encryption(ExportTarget target) {
        if (!target.isEncrypted()) {
            return Optional.empty();
        }
        List<String> keys = recipients;
        if (keys.isEmpty() && !vaultOptions.isAtPath()) {
            keys = saddlebag
                    .setup()
                    .workspace(vaultOptions.workspace())
                    .encryption()
                    .recipients();
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("Who shall be able to open " + to
                    + "? Say --recipient with a public key of age" + " (\"saddlebag keys new\" makes one)");
        }
        return Optional.of(Age.encryption(keys.stream().map(Recipient::new).toList()));
    }

    private Exported exportTree(Vault vault, Snapshot found, ExportTarget target, Optional<Encryption> encryption)
            throws IOException {
        Predicate<Entry> wanted = entry -> LsCommand.isBelow(entry.path(), only);
        return target.isFolder()
                ? vault.export(found, to, wanted, Progress.NONE)
                : target.write(out -> new TreeArchive(vault, found).write(wanted, out), encryption);
    }

    private int exportVault(Vault vault, ExportTarget target, Optional<Encryption> encryption) throws IOException {
        Survey survey =
                snapshot.equals(ALL) ? vault.survey() : new Survey(List.of(vault.find(snapshot)), List.of(), Set.of());
        survey.findings().forEach(spec.commandLine().getErr()::println);
        if (survey.snapshots().isEmpty()) {
            throw new IllegalArgumentException("There is no snapshot to export");
        }
        say(
                survey.snapshots(),
                target.write(out -> new PortableVault(vault).write(survey.snapshots(), out), encryption),
                "with signatures; \"saddlebag verify --vault " + to + " --level full\" checks it anywhere");
        return survey.findings().stream().anyMatch(Finding::isDamage) ? ExitCodes.DAMAGED : ExitCodes.OK;
    }

    private void say(List<Snapshot> snapshots, Exported exported, String how) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<String> ids = snapshots.stream().map(one -> one.id().value()).toList();
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put(ids.size() == 1 ? "snapshot" : "snapshots", ids.size() == 1 ? ids.get(0) : ids);
            result.put(
                    new ExportTarget(to).isFolder() ? "directory" : "file",
                    to.toAbsolutePath().toString());
            result.put("files", exported.files());
            result.put("bytes", exported.bytes());
            out.println(Json.PRETTY.writeValueAsString(result));
        } else {
            out.printf(
                    "%,d files (%s) of %s are in %s, %s.%n",
                    exported.files(),
                    Sizes.text(exported.bytes()),
                    ids.size() == 1 ? "snapshot " + ids.get(0) : ids.size() + " snapshots",
                    to,
                    how);
        }
    }
}
