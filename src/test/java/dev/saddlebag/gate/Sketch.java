package dev.saddlebag.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Accounts;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Observations;
import dev.saddlebag.snapshot.SampleAccount;
import dev.saddlebag.snapshot.SampleRun;
import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** A workspace drawn with few strokes, to be judged beside another. Objects are known by their titles. */
final class Sketch {
    static final String BEFORE = "20261119T020005Z-7f3a91";

    private static final String EDITED = "2026-10-01T09:00:00.000Z";

    private record Drawn(Kind kind, String parent, long blocks, String edited, List<Account.NamedFile> files) {}

    private final Map<String, Drawn> drawn = new TreeMap<>();
    private final Observations observed = new Observations();

    /** The id that the object with this title has in every sketch. */
    static String id(String title) {
        return UUID.nameUUIDFromBytes(title.getBytes(StandardCharsets.UTF_8)).toString();
    }

    static ObjectRef page(String title) {
        return new ObjectRef(Kind.PAGE, id(title));
    }

    Sketch page(String title, String parent) {
        return draw(title, Kind.PAGE, parent, 7);
    }

    Sketch page(String title, String parent, long blocks) {
        return draw(title, Kind.PAGE, parent, blocks);
    }

    /** A database with one data source and so many rows. */
    Sketch database(String title, String parent, int rows) {
        draw(title, Kind.DATABASE, parent, 0);
        draw(title + " source", Kind.DATA_SOURCE, title, 0);
        return rows(title, 0, rows);
    }

    /** Rows of a database by their numbers. */
    Sketch rows(String database, int from, int to) {
        for (int row = from; row < to; row++) {
            draw(database + " row " + row, Kind.PAGE, database + " source", 3);
        }
        return this;
    }

    private Sketch draw(String title, Kind kind, String parent, long blocks) {
        drawn.put(title, new Drawn(kind, parent, blocks, EDITED, List.of()));
        return this;
    }

    Sketch without(String title) {
        drawn.remove(title);
        return this;
    }

    /** Takes out everything whose title begins so. */
    Sketch withoutAll(String beginning) {
        drawn.keySet().removeIf(title -> title.startsWith(beginning));
        return this;
    }

    Sketch moved(String title, String parent) {
        return change(title, was -> new Drawn(was.kind(), parent, was.blocks(), was.edited(), was.files()));
    }

    Sketch blocks(String title, long blocks) {
        return change(title, was -> new Drawn(was.kind(), was.parent(), blocks, was.edited(), was.files()));
    }

    Sketch edited(String title) {
        return change(
                title,
                was -> new Drawn(was.kind(), was.parent(), was.blocks(), "2026-11-20T01:00:00.000Z", was.files()));
    }

    /** Nobody knows when it was edited. */
    Sketch unmarked(String title) {
        return change(title, was -> new Drawn(was.kind(), was.parent(), was.blocks(), null, was.files()));
    }

    Sketch file(String page, String name, long size) {
        return change(page, was -> {
            List<Account.NamedFile> files = new ArrayList<>(was.files());
            files.add(new Account.NamedFile(
                    "https://files.example/" + name, Hashes.of(name.getBytes(StandardCharsets.UTF_8)), size));
            return new Drawn(was.kind(), was.parent(), was.blocks(), was.edited(), List.copyOf(files));
        });
    }

    private Sketch change(String title, Function<Drawn, Drawn> change) {
        drawn.compute(title, (unused, was) -> change.apply(was));
        return this;
    }

    Observations observed() {
        return observed;
    }

    Sketch copy() {
        Sketch copy = new Sketch();
        copy.drawn.putAll(drawn);
        copy.observed.addAll(observed.toJson());
        return copy;
    }

    private ObjectRef ref(String title) {
        Drawn known = drawn.get(title);
        return known == null ? null : new ObjectRef(known.kind(), id(title));
    }

    private Accounts accounts(Path folder) throws IOException {
        Accounts accounts =
                Accounts.open(Files.createTempDirectory(folder, "books").resolve("accounts.jsonl"));
        for (Map.Entry<String, Drawn> each : drawn.entrySet()) {
            Drawn what = each.getValue();
            ObjectNode line = Json.MAPPER.createObjectNode().put("title", each.getKey());
            SampleAccount account = SampleAccount.of(ref(each.getKey()))
                    .edited(what.edited())
                    .shown(what.edited() + what.blocks())
                    .blocks(what.blocks())
                    .files(what.files().toArray(Account.NamedFile[]::new))
                    .line(line);
            ObjectRef parent = what.parent() == null ? null : ref(what.parent());
            accounts.add((parent == null ? account : account.parent(parent)).account());
        }
        return accounts;
    }

    private Counts counts(Inventory inventory) {
        long files = inventory.files().values().stream()
                .mapToLong(FileTotals.Total::files)
                .sum();
        long bytes = inventory.files().values().stream()
                .mapToLong(FileTotals.Total::bytes)
                .sum();
        return new Counts(count(Kind.PAGE), count(Kind.DATABASE), count(Kind.DATA_SOURCE), 0, 0, 0, files, bytes);
    }

    private long count(Kind kind) {
        return drawn.values().stream().filter(each -> each.kind() == kind).count();
    }

    /** What the gate says of this workspace after {@code before}, with the limits that nobody set. */
    Verdict after(Sketch before, Path folder) throws IOException {
        return after(before, folder, Map.of(), unused -> Fate.NOT_VISIBLE);
    }

    Verdict after(Sketch before, Path folder, Map<String, String> limits, Function<ObjectRef, Fate> fates)
            throws IOException {
        return after(before, Source.API, folder, limits, fates);
    }

    /** What the gate says of this workspace, as the API shows it, after {@code before} of the source {@code origin}. */
    Verdict after(
            Sketch before, Source origin, Path folder, Map<String, String> limits, Function<ObjectRef, Fate> fates)
            throws IOException {
        return after(
                before, origin, origin == Source.API ? Likeness.ALIKE : Likeness.OTHER_SOURCE, folder, limits, fates);
    }

    Verdict after(
            Sketch before,
            Source origin,
            Likeness likeness,
            Path folder,
            Map<String, String> limits,
            Function<ObjectRef, Fate> fates)
            throws IOException {
        Inventory was = Inventory.of(origin, before.accounts(folder));
        BaselineFile file =
                new BaselineFile(Files.createTempDirectory(folder, "base").resolve("baseline.jsonl"));
        Baseline baseline = new Baseline(
                BEFORE, origin, null, before.counts(was), was.files(), before.observed.numbers(), true, true);
        file.write(baseline, was);
        Inventory inventory = Inventory.of(Source.API, accounts(folder));
        try (BaselineFile.Items items = file.items()) {
            Measurement measured = new Measurement(
                    counts(inventory),
                    0,
                    inventory.files(),
                    observed.numbers(),
                    observed.remarks(),
                    Optional.of(baseline),
                    Optional.of(Comparison.of(items, inventory, likeness == Likeness.ALIKE, fates)),
                    likeness);
            return Gate.judge(measured, true, limits(limits));
        }
    }

    static Limits limits(Map<String, String> others) {
        Map<String, BigDecimal> all = new HashMap<>(SampleRun.LIMITS);
        others.forEach((rule, limit) -> all.put(rule, new BigDecimal(limit)));
        return new Limits(all);
    }
}
