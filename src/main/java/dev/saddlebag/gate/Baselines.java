package dev.saddlebag.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.destination.Destinations;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.vault.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers, for each workspace and source, the last accepted complete snapshot: one file in the state directory. When that
 * is lost, what the newest such snapshot says of itself makes up for it.
 */
public final class Baselines {
    private static final Logger LOG = LoggerFactory.getLogger(Baselines.class);

    private final Path stateDirectory;
    private final Vaults vaults;
    private final Recovery recovery;

    /** Asks {@code vaults} when the state directory knows nothing, and the {@code destinations} when these don't either. */
    public Baselines(Path stateDirectory, Vaults vaults, Destinations destinations) {
        this.stateDirectory = stateDirectory;
        this.vaults = vaults;
        this.recovery = new Recovery(stateDirectory, vaults, destinations);
    }

    /**
     * A baseline with its file.
     *
     * @param file has the items, if the baseline has any
     */
    record Known(Baseline baseline, BaselineFile file) {
        /** What could not be compared, or not as it should be, in sentences; empty when all was. */
        Optional<String> doubt(Run run) {
            List<String> doubts = new ArrayList<>();
            if (baseline.isNameOnly()) {
                doubts.add("What " + baseline.run()
                        + ", which was accepted last, holds cannot be read here: it is encrypted,"
                        + " and no identity that opens it is at hand. Only the minimums were applied this time.");
            } else if (!baseline.items()) {
                doubts.add("Of the snapshot " + baseline.run() + ", which this one is compared with, only the"
                        + " counts are known here. Databases, pages at the top, contents and dead links could not be"
                        + " compared one by one this time; the next run compares them again.");
            }
            if (!baseline.isNameOnly() && baseline.source() == null) {
                doubts.add("From which source " + baseline.run()
                        + " came is not known, so that what is fewer now is only" + " named and holds nothing back.");
            } else if (!baseline.isNameOnly() && baseline.source() != run.source()) {
                doubts.add("This is compared with " + baseline.run() + ", which came from another source ("
                        + word(baseline.source())
                        + "). An export holds what the member who exports sees, the API what is"
                        + " shared with the connection: so what is fewer now is only named and holds nothing back; contents"
                        + " and files were not compared.");
            } else if (baseline.items()) {
                doubts.addAll(
                        Likeness.of(baseline, run.source(), Baseline.format(run.about())) == Likeness.ALIKE
                                ? lacking()
                                : List.of(otherFormat(Baseline.format(run.about()))));
            }
            return doubts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", doubts));
        }

        private String otherFormat(String format) {
            return "This export is in " + words(format) + ", and that of " + baseline.run()
                    + ", which it is compared with, is in " + words(baseline.format())
                    + ". Notion writes a page differently in each: so whether pages were edited or emptied, and whether there"
                    + " are more dead links, was not compared this time. What is gone was compared; fewer files are"
                    + " only named, since the two formats do not hold quite the same files.";
        }

        private static String words(String format) {
            return format == null
                    ? "a format that is not on record"
                    : switch (format) {
                        case "markdown" -> "Markdown";
                        case "html" -> "HTML";
                        default -> "a format of its own (" + format + ")";
                    };
        }

        private List<String> lacking() {
            List<String> lacking = new ArrayList<>();
            if (!baseline.contents()) {
                lacking.add("whether pages were emptied");
                if (baseline.source() == Source.EXPORT) {
                    lacking.add("whether many pages were edited");
                }
            }
            if (baseline.source() == Source.EXPORT && baseline.numbers().isEmpty()) {
                lacking.add("whether there are more dead links");
            }
            return lacking.isEmpty()
                    ? List.of()
                    : List.of("What this host knew of " + baseline.run()
                            + " was lost and was read from its catalogue again: " + String.join(", and ", lacking)
                            + " could not be compared this time.");
        }
    }

    /** What {@code run} is measured against; empty at the first run, and when nobody knows any more. */
    Optional<Known> of(Run run) throws IOException {
        finish(run);
        Optional<Known> own = read(file(run, run.source()));
        if (own.isPresent()) {
            return own;
        }
        Optional<Known> another = Optional.empty();
        for (Source other : Source.values()) {
            if (other != run.source() && another.isEmpty()) {
                another = read(file(run, other));
            }
        }
        // A partial snapshot may soon be the newest, and then nobody could tell any more: so it is written down.
        Optional<BaselineFile> recovered = recovery.into(run, another.isPresent(), source -> file(run, source));
        return recovered.isPresent() ? read(recovered.get()) : another;
    }

    private static Optional<Known> read(BaselineFile file) {
        try {
            return file.isWhole() ? Optional.of(new Known(file.header(), file)) : Optional.empty();
        } catch (JsonProcessingException e) {
            LOG.warn("{} cannot be read ({}); another is looked for", file.path(), e.getOriginalMessage());
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} cannot be read ({}); another is looked for", file.path(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Writes down what the next runs are measured against, for when the snapshot of {@code run} is sealed. */
    void prepare(Run run) throws IOException {
        Inventory inventory = Inventory.of(run.source(), run.ledger().accounts());
        Baseline baseline = new Baseline(
                run.id().value(),
                run.source(),
                Baseline.format(run.about()),
                run.ledger().counts(),
                inventory.files(),
                run.observed().numbers(),
                true,
                true);
        pending(run, run.source()).write(baseline, inventory);
    }

    /** Makes the snapshot of {@code run}, which is sealed now, the one that the next are measured against. */
    void accept(Run run) throws IOException {
        promote(run, run.source());
    }

    private void promote(Run run, Source source) throws IOException {
        Files.move(pending(run, source).path(), file(run, source).path(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Goes on where a process was killed between the sealing of its snapshot and {@link #accept}. */
    void finish(Run run) throws IOException {
        for (Source source : Source.values()) {
            BaselineFile pending = pending(run, source);
            if (!pending.exists()) {
                continue;
            }
            Optional<Sealed> newest = vaults.spool(run.workspace().name()).baseline();
            boolean sealed = newest.isPresent()
                    && pending.isWhole()
                    && pending.header().run().equals(newest.get().id().value());
            if (sealed) {
                promote(run, source);
            } else {
                Files.delete(pending.path());
            }
        }
    }

    private BaselineFile file(Run run, Source source) {
        return new BaselineFile(
                stateDirectory.resolve(run.workspace().name()).resolve("baseline-" + word(source) + ".jsonl"));
    }

    private BaselineFile pending(Run run, Source source) {
        return new BaselineFile(
                stateDirectory.resolve(run.workspace().name()).resolve("baseline-" + word(source) + ".pending.jsonl"));
    }

    private static String word(Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }
}
