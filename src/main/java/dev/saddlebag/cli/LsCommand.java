package dev.saddlebag.cli;

import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Sizes;
import dev.saddlebag.vault.Entries;
import dev.saddlebag.vault.Entry;
import dev.saddlebag.vault.Snapshot;
import dev.saddlebag.vault.Vault;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "ls", description = "Lists the files of a snapshot, with the titles of pages and databases.")
final class LsCommand implements Callable<Integer> {
    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final VaultOptions vaultOptions = new VaultOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "latest",
            paramLabel = "SNAPSHOT",
            description = "An id, the beginning of one, a date, or latest (the default).")
    private String snapshot;

    @Parameters(
            index = "1",
            arity = "0..1",
            defaultValue = "",
            paramLabel = "PATH",
            description = "Only what is below.")
    private String path;

    @Option(names = "--json", description = "Prints one JSON object a line.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (OpenedVault opened = vaultOptions.open(saddlebag)) {
            Vault vault = opened.vault();
            Snapshot found = vault.find(snapshot);
            try (Entries entries = vault.entries(found)) {
                for (Optional<Entry> entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                    if (isBelow(entry.get().path(), path)) {
                        out.println(json ? jsonLine(entry.get()) : line(entry.get()));
                    }
                }
            }
        }
        out.flush();
        return ExitCodes.OK;
    }

    /** Whether {@code path} is {@code folder} itself or lies below it. */
    static boolean isBelow(String path, String folder) {
        String plain = folder.replaceFirst("/+$", "");
        return plain.isEmpty() || path.equals(plain) || path.startsWith(plain + "/");
    }

    private static String line(Entry entry) {
        String title = entry.note().title();
        return "%9s  %s%s"
                .formatted(Sizes.text(entry.size()), entry.path(), title == null ? "" : "  " + oneLine(title));
    }

    /** Titles come from anybody who may edit the workspace, and go to a terminal here: no control character passes. */
    private static String oneLine(String title) {
        return title.replaceAll("\\p{Cntrl}", " ");
    }

    private static String jsonLine(Entry entry) throws Exception {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("path", entry.path());
        line.put("size", entry.size());
        line.put("sha256", entry.sha256());
        line.put("id", entry.note().id());
        line.put("title", entry.note().title());
        line.put("last_edited_time", entry.note().version());
        return Json.MAPPER.writeValueAsString(line);
    }
}
