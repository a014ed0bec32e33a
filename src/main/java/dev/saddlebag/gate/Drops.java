package dev.saddlebag.gate;

import dev.saddlebag.snapshot.Observations.Weight;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a snapshot lost since the last accepted one: as a whole, and in every place by itself. */
final class Drops {
    private static final String PAGES = "pages";
    private static final int NAMED = 5;
    private static final int EXAMPLES = 10;
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    private final Rule rule;
    private final Measurement measured;
    private final Baseline baseline;
    private final BigDecimal limit;
    private final long small;
    private final Judgement sheet;

    private final Weight heavy;

    Drops(Rule rule, Measurement measured, Baseline baseline, BigDecimal limit, long small, Judgement sheet) {
        this.rule = rule;
        this.measured = measured;
        this.baseline = baseline;
        this.limit = limit;
        this.small = small;
        this.sheet = sheet;
        this.heavy = measured.likeness().isSameSource() ? Weight.FAULT : Weight.WARNING;
    }

    void judge() {
        if (measured.comparison().isPresent()) {
            Comparison with = measured.comparison().get();
            whole(PAGES, with.pagesBefore(), with.gonePages().count(), with.gonePages(), with.goneMost());
            whole("databases", with.databasesBefore(), with.goneDatabases().count(), with.goneDatabases(), List.of());
            long rows = Math.max(0, Math.min(with.goneRows().count(), with.rowsBefore() - with.rowsNow()));
            whole("rows", with.rowsBefore(), rows, with.goneRows(), List.of());
            goneDatabases(with);
            shrunk(with.databases().stream().filter(part -> !part.isGone()).toList(), "database", "databases", "rows");
            // Where everything lies below one page, the whole says the same.
            List<Part> tops = with.tops().size() > 1 ? with.tops() : List.of();
            goneTops(tops);
            shrunk(
                    tops.stream().filter(part -> !part.isGone()).toList(),
                    "page at the top",
                    "pages at the top",
                    "pages below");
        } else {
            whole(
                    "pages",
                    baseline.counts().pages(),
                    baseline.counts().pages() - measured.counts().pages());
            whole(
                    "databases",
                    baseline.counts().databases(),
                    baseline.counts().databases() - measured.counts().databases());
        }
        if (measured.likeness().isSameSource()) {
            files();
        }
    }

    private void whole(String what, long before, long lost) {
        whole(what, before, Math.max(0, lost), new Loss(), List.of());
    }

    private void whole(String what, long before, long lost, Loss loss, List<Item> examples) {
        boolean kept = !Words.exceeds(lost, before, limit);
        BigDecimal percent = Words.percent(lost, before);
        sheet.measured(rule, what + " that are gone, in percent", percent, limit, kept);
        if (!kept) {
            sheet.found(
                    rule,
                    isSmall(what, lost, before) ? Weight.WARNING : heavy,
                    lost + " of the " + before + " " + what + " in " + baseline.run() + " are gone, which is "
                            + Words.plain(percent) + " %; " + Words.plain(limit) + " % are tolerated."
                            + (loss.count() == lost ? loss.sentence() : ""),
                    percent,
                    limit,
                    examples);
        }
    }

    /** A small loss is everyday work; that of more than half of all pages is not, however small the workspace. */
    private boolean isSmall(String what, long lost, long before) {
        return lost <= small && (!what.equals(PAGES) || lost * 2 <= before);
    }

    /** A database that is gone lost all of its rows, and their number is no excuse. */
    private void goneDatabases(Comparison with) {
        List<Part> gone = with.databases().stream().filter(Part::isGone).toList();
        List<Part> withRows =
                gone.stream().filter(part -> part.loss().count() > 0).toList();
        measureGone("databases", withRows);
        gone("database", "databases", "row", "rows", withRows, heavy);
        List<Part> others =
                gone.stream().filter(part -> part.loss().count() == 0).toList();
        gone("database without rows", "databases without rows", "row", "rows", others, Weight.WARNING);
    }

    private void goneTops(List<Part> tops) {
        List<Part> gone = tops.stream()
                .filter(part -> part.isGone() && part.loss().count() > 0)
                .toList();
        measureGone("pages at the top", gone);
        gone("page at the top", "pages at the top", "page below", "pages below", gone, heavy);
    }

    private void measureGone(String what, List<Part> gone) {
        sheet.measured(
                rule,
                what + " that are gone with what was in them",
                BigDecimal.valueOf(gone.size()),
                BigDecimal.ZERO,
                isTolerated(gone));
    }

    private boolean isTolerated(List<Part> gone) {
        return gone.isEmpty() || ALL.compareTo(limit) <= 0;
    }

    private void gone(String one, String many, String content, String contents, List<Part> gone, Weight weight) {
        if (isTolerated(gone)) {
            return;
        }
        List<Part> largest = largest(gone);
        Loss loss = new Loss();
        gone.forEach(part -> loss.add(part.item(), part.hadBefore(), part.fate()));
        List<String> named = largest.stream()
                .limit(NAMED)
                .map(part -> part.name() + " with " + Words.count(part.loss().count(), content, contents))
                .toList();
        sheet.found(
                rule,
                weight,
                Words.count(
                                gone.size(),
                                one + " that " + baseline.run() + " has is",
                                many + " that " + baseline.run() + " has are")
                        + " gone: " + Words.list(named, gone.size()) + "." + loss.sentence(),
                BigDecimal.valueOf(gone.size()),
                BigDecimal.ZERO,
                largest.stream().limit(EXAMPLES).map(Part::item).toList());
    }

    private void shrunk(List<Part> parts, String one, String many, String contents) {
        BigDecimal worst = BigDecimal.ZERO;
        Part worstPart = null;
        List<Part> large = new ArrayList<>();
        List<Part> little = new ArrayList<>();
        for (Part part : parts) {
            BigDecimal percent = Words.percent(part.lost(), part.hadBefore());
            if (percent.compareTo(worst) > 0) {
                worst = percent;
                worstPart = part;
            }
            if (Words.exceeds(part.lost(), part.hadBefore(), limit)) {
                (part.lost() <= small ? little : large).add(part);
            }
        }
        sheet.measured(
                rule,
                contents + " that are gone from any one " + one
                        + (worstPart == null ? "" : ", at most from " + worstPart.name()) + ", in percent",
                worst,
                limit,
                large.isEmpty() && little.isEmpty());
        shrunk(large, heavy, one, many, contents);
        shrunk(little, Weight.WARNING, one, many, contents);
    }

    private void shrunk(List<Part> parts, Weight weight, String one, String many, String contents) {
        if (parts.isEmpty()) {
            return;
        }
        List<Part> largest = largest(parts);
        BigDecimal worst = parts.stream()
                .map(part -> Words.percent(part.lost(), part.hadBefore()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        List<String> named = largest.stream()
                .limit(NAMED)
                .map(part -> part.name() + " has " + part.hasNow() + " " + contents + " left of " + part.hadBefore()
                        + ", " + Words.plain(Words.percent(part.lost(), part.hadBefore())) + " % fewer")
                .toList();
        Loss loss = new Loss();
        parts.forEach(part -> loss.add(part.loss()));
        sheet.found(
                rule,
                weight,
                Words.count(parts.size(), one + " lost", many + " lost") + " more than " + Words.plain(limit)
                        + " % since " + baseline.run() + ": " + Words.list(named, parts.size(), "; ") + "."
                        + loss.sentence(),
                worst,
                limit,
                largest.stream().limit(EXAMPLES).map(Part::item).toList());
    }

    private static List<Part> largest(List<Part> parts) {
        return parts.stream()
                .sorted(Comparator.comparingLong((Part part) -> part.loss().count())
                        .reversed()
                        .thenComparing(Part::id))
                .toList();
    }

    private void files() {
        FileTotals.Total before = new FileTotals.Total(
                baseline.counts().files(), baseline.counts().fileBytes());
        FileTotals.Total now = new FileTotals.Total(
                measured.counts().files(), measured.counts().fileBytes());
        files("files", before, now);
        for (Map.Entry<String, FileTotals.Total> kind : baseline.files().entrySet()) {
            files(
                    "files of the kind " + kind.getKey(),
                    kind.getValue(),
                    measured.files().getOrDefault(kind.getKey(), FileTotals.Total.NONE));
        }
    }

    private void files(String what, FileTotals.Total before, FileTotals.Total now) {
        long lost = Math.max(0, before.files() - now.files());
        boolean few = lost <= small;
        if (fell(what, before.files(), now.files(), few)) {
            return;
        }
        // Where the number stays, one large file may have been replaced; where there are many, it went from many.
        boolean littleLost = lost == 0 ? before.files() <= small : few;
        fell("bytes in " + what, before.bytes(), now.bytes(), littleLost);
    }

    private boolean fell(String what, long before, long now, boolean isSmall) {
        long lost = Math.max(0, before - now);
        boolean kept = !Words.exceeds(lost, before, limit);
        BigDecimal percent = Words.percent(lost, before);
        sheet.measured(rule, what + " that are gone, in percent", percent, limit, kept);
        if (!kept) {
            sheet.found(
                    rule,
                    // Markdown leaves out covers and icons (facts/notion-export.md §2.6).
                    isSmall || measured.likeness() != Likeness.ALIKE ? Weight.WARNING : heavy,
                    now + " " + what + " are left of " + before + " in " + baseline.run() + ", which is "
                            + Words.plain(percent) + " % fewer; " + Words.plain(limit) + " % are tolerated.",
                    percent,
                    limit,
                    List.of());
        }
        return !kept;
    }
}
