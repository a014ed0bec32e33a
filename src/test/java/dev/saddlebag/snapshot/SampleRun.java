package dev.saddlebag.snapshot;

import dev.saddlebag.configuration.Comments;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.Secret;
import dev.saddlebag.configuration.Source;
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
import java.util.concurrent.atomic.AtomicReference;

/** Runs of the workspace {@code acme}, as tests need them. */
public final class SampleRun {
    /** The limits that the gate has when nobody sets them. */
    public static final Map<String, BigDecimal> LIMITS = Map.of(
            "minimum-pages",
            BigDecimal.ONE,
            "minimum-databases",
            BigDecimal.ZERO,
            "maximum-drop-percent",
            BigDecimal.valueOf(20),
            "maximum-gaps",
            BigDecimal.valueOf(25));

    private SampleRun() {}

    /** A run with its staging in {@code folder}. */
    public static Run in(Path folder) throws IOException {
        return in(folder, 1);
    }

    /** The run of the day {@code day} of November 2026. */
    public static Run in(Path folder, int day) throws IOException {
        RunId id = RunId.parse("202611%02dT020005Z-7f3a91".formatted(day));
        Staging staging = new Staging(folder.resolve("staging"));
        var connection = new NotionConnection("ntn_0123456789", new RequestBudget(180, Duration.ofMinutes(1)));
        return new Run(
                id,
                workspace(),
                id.started(),
                connection,
                staging,
                new FileTree(staging),
                new Catalogue(staging.temporary("catalogue")),
                new Ledger(),
                Json.MAPPER.createObjectNode(),
                new AtomicReference<>());
    }

    private static WorkspaceSettings workspace() {
        return new WorkspaceSettings(
                "acme",
                List.of(Source.API),
                Optional.of(new Secret("ntn_0123456789")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "0 0 2 * * ?",
                "0 0 3 ? * SUN",
                ZoneOffset.UTC,
                Depth.SWEEP,
                Comments.NONE,
                OptionalInt.empty(),
                List.of(),
                Duration.ofHours(26),
                LIMITS);
    }
}
