package dev.saddlebag.snapshot;

import dev.saddlebag.configuration.Comments;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.EncryptionSettings;
import dev.saddlebag.configuration.ExportFormat;
import dev.saddlebag.configuration.ExportProvider;
import dev.saddlebag.configuration.ExportSettings;
import dev.saddlebag.configuration.ExternalMedia;
import dev.saddlebag.configuration.KeepSettings;
import dev.saddlebag.configuration.Secret;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.configuration.UpkeepSettings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionConnection;
import dev.saddlebag.notion.RequestBudget;
import dev.saddlebag.vault.RunId;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Runs of the workspace {@code acme}, as tests need them. */
public final class SampleRun {
    /** The limits that the gate has when nobody sets them. */
    public static final Map<String, BigDecimal> LIMITS = Map.of(
            "minimum-pages", BigDecimal.ONE,
            "minimum-databases", BigDecimal.ZERO,
            "maximum-drop-percent", BigDecimal.valueOf(20),
            "maximum-emptied-percent", BigDecimal.valueOf(10),
            "maximum-changed-percent", BigDecimal.valueOf(50),
            "maximum-gaps", BigDecimal.valueOf(25),
            "maximum-dead-link-increase", BigDecimal.valueOf(50),
            "small-drop", BigDecimal.valueOf(5),
            "keep-held", BigDecimal.valueOf(3));

    private SampleRun() {}

    /** A run with its staging in {@code folder}, which reads everything. */
    public static Run in(Path folder) throws IOException {
        return in(folder, 1);
    }

    /** The run of the day {@code day} of November 2026, which reads everything. */
    public static Run in(Path folder, int day) throws IOException {
        return of(folder, day, Depth.SWEEP, Optional.empty(), collecting(Comments.NONE, false, ExternalMedia.NONE));
    }

    /** A run that reads everything and collects what {@code workspace} says. */
    public static Run in(Path folder, WorkspaceSettings workspace) throws IOException {
        return of(folder, 1, Depth.SWEEP, Optional.empty(), workspace);
    }

    /** The run of the second day, which carries over from {@code base}. */
    public static Run after(Accepted base, Path folder, Depth depth) throws IOException {
        return of(folder, 2, depth, Optional.of(base), collecting(Comments.NONE, false, ExternalMedia.NONE));
    }

    /** What is known of the snapshot that {@code run} made. */
    public static Accepted accepted(Run run, Path state) throws IOException {
        Accepted.keep(state, run.header(), run.ledger().accounts(), Optional.empty());
        return Accepted.of(state, run.id().value()).orElseThrow();
    }

    private static Run of(Path folder, int day, Depth depth, Optional<Accepted> base, WorkspaceSettings workspace)
            throws IOException {
        RunId id = RunId.parse("202611%02dT020005Z-7f3a91".formatted(day));
        Staging staging = new Staging(folder.resolve("staging"));
        var connection = new NotionConnection("ntn_0123456789", new RequestBudget(180, Duration.ofMinutes(1)));
        return new Run(
                id,
                workspace,
                id.started(),
                Source.API,
                depth,
                base,
                connection,
                staging,
                new FileTree(staging),
                new Ledger(Accounts.open(staging.accounts())),
                new Trash(),
                ConcurrentHashMap.newKeySet(),
                new Observations(),
                Json.MAPPER.createObjectNode(),
                new AtomicReference<>());
    }

    private static final ExportSettings EXPORT = new ExportSettings(
            ExportProvider.WEB,
            Optional.empty(),
            Optional.empty(),
            "exportSpace",
            ExportFormat.MARKDOWN,
            true,
            true,
            false,
            true,
            ZoneOffset.UTC,
            "en",
            List.of(),
            3,
            Duration.ofHours(36),
            Duration.ofMinutes(45),
            Optional.empty());

    /** The workspace with what of it is to be collected. */
    public static WorkspaceSettings collecting(Comments comments, boolean pageMarkdown, ExternalMedia externalMedia) {
        return new WorkspaceSettings(
                "acme",
                List.of(Source.API),
                Optional.of(new Secret("ntn_0123456789")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "0 0 2 * * ?",
                "0 0 3 ? * SUN",
                Optional.empty(),
                ZoneOffset.UTC,
                Depth.SWEEP,
                comments,
                pageMarkdown,
                externalMedia,
                List.of("markdown", "csv"),
                false,
                OptionalInt.empty(),
                List.of(),
                Set.of(),
                new KeepSettings(3, Duration.ofDays(14), 7, 5, 12, 3),
                new UpkeepSettings("0 0 6 * * ?", Duration.ofDays(30), Optional.empty()),
                EncryptionSettings.NONE,
                Duration.ofHours(26),
                List.of(),
                Optional.empty(),
                LIMITS,
                EXPORT);
    }
}
