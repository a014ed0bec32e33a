package dev.saddlebag.export.tree;

import dev.saddlebag.export.archive.Unpacked;
import dev.saddlebag.notion.NotionId;
import dev.saddlebag.snapshot.Observations;
import dev.saddlebag.snapshot.Run;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What the gate is to know of an export (facts/notion-export.md §3.4). */
final class Findings {
    private static final int NAMED = 5;
    private static final String WARNINGS = "export-warnings";

    private final Run run;
    private final Unpacked unpacked;
    private final SnapshotBuilder made;
    private final ExportTree tree;
    private final Observations observed;

    Findings(Run run, Unpacked unpacked, SnapshotBuilder made) {
        this.run = run;
        this.unpacked = unpacked;
        this.made = made;
        this.tree = made.tree();
        this.observed = run.observed();
    }

    void note() {
        Tally tally = made.tally();
        observed.number("dead-links-to-pages", tally.of(Link.What.DEAD_PAGE));
        observed.number("dead-links-to-files", tally.of(Link.What.DEAD_FILE));
        observed.number("dead-links-to-databases", tally.of(Link.What.DEAD_DATABASE));
        observed.number("dead-links-broken", tally.of(Link.What.BROKEN));
        observed.number("export-parts", unpacked.parts());
        observed.number("export-entries", unpacked.entries());
        format();
        tree.index()
                .ifPresentOrElse(
                        this::index,
                        () -> observed.warn(
                                WARNINGS,
                                "The export has no index.html: where pages stand is taken from its folders, and whether a page is missing"
                                        + " cannot be told from it."));
        rows();
        warnings();
    }

    private void format() {
        if (!unpacked.format().equals("markdown") && !unpacked.format().equals("html")) {
            observed.fault(
                    "export-format",
                    "The export is neither in Markdown nor in HTML throughout; it is " + unpacked.format() + ".");
        }
    }

    private void index(WorkspaceIndex index) {
        List<String> pages = new ArrayList<>();
        List<String> tables = new ArrayList<>();
        index.places().forEach((id, place) -> {
            String address = place.address();
            if (address != null && !tree.pages().containsKey(id) && !isThere(address)) {
                pages.add("\"" + place.title() + "\" (" + id + ")");
            }
            if (place.table() && tree.table(id).isEmpty()) {
                tables.add("\"" + place.title() + "\" (" + id + ")");
            }
        });
        if (!pages.isEmpty()) {
            String sentence = "index.html names %s without a file in the export: %s."
                    .formatted(count(pages.size(), "page", "pages"), some(pages));
            if (run.workspace().export().indexStrict()) {
                observed.fault("export-index", sentence);
            } else {
                observed.warn("export-index", sentence);
            }
        }
        if (!tables.isEmpty()) {
            observed.warn(
                    WARNINGS,
                    "index.html names %s without a table in the export, which is usual for those of the Home page: %s."
                            .formatted(count(tables.size(), "database", "databases"), some(tables)));
        }
        Optional<String> wanted = run.workspace().spaceId().map(NotionId::dashed);
        if (wanted.isPresent() && index.space().isPresent() && !index.space().equals(wanted)) {
            observed.fault(
                    "export-space",
                    "The export is of the workspace " + index.space().get() + " (\"" + index.name()
                            + "\"), and that of the settings is " + wanted.get() + ".");
        }
    }

    private boolean isThere(String address) {
        String plain = address.startsWith("./") ? address.substring(2) : address;
        return ExportName.of(plain)
                        .map(name -> tree.pages().containsKey(name.id()))
                        .orElse(false)
                || Files.isRegularFile(tree.root().resolve(plain));
    }

    private void rows() {
        List<String> tooFew = new ArrayList<>();
        tree.databases().values().stream().filter(Item::isWhole).forEach(table -> {
            Rows rows = made.rows().get(table.id());
            if (rows.pages() < rows.count()) {
                tooFew.add("\"" + table.title() + "\" has " + count(rows.count(), "row", "rows") + " and "
                        + count(rows.pages(), "page", "pages"));
            }
        });
        if (!tooFew.isEmpty()) {
            observed.fault("export-rows", "Pages of rows are missing: " + some(tooFew) + ".");
        }
    }

    private void warnings() {
        unpacked.warnings().forEach(sentence -> observed.warn(WARNINGS, sentence));
        if (!tree.repeated().isEmpty()) {
            observed.warn(
                    WARNINGS,
                    "%s more than once in the export; the readable pages have each once: %s."
                            .formatted(
                                    count(tree.repeated().size(), "page is", "pages are"),
                                    some(new ArrayList<>(tree.repeated()))));
        }
        int live = made.live().values().stream().mapToInt(java.util.Set::size).sum();
        if (live > 0) {
            observed.warn(
                    WARNINGS,
                    "%s in the export only as an address that expires; they are fetched while it is good."
                            .formatted(count(live, "file is", "files are")));
        }
    }

    private static String count(long number, String one, String many) {
        return "%,d %s".formatted(number, number == 1 ? one : many);
    }

    private static String some(List<String> all) {
        Collections.sort(all);
        String named = String.join(", ", all.subList(0, Math.min(NAMED, all.size())));
        return all.size() > NAMED ? named + ", …" : named;
    }
}
