package dev.saddlebag.gate;

import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.snapshot.Observations.Remark;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the rules look at.
 *
 * @param failedGaps what should have been collected and was not
 * @param files the files of the snapshot by kinds
 * @param numbers what the run noticed besides, by what it counts
 * @param remarks what the run noticed in words
 * @param baseline what the snapshot is compared with; empty at the first run
 * @param comparison its pages and databases beside those of the baseline; empty when these are not known one by one
 * @param likeness how much of the baseline can be compared
 */
record Measurement(
        Counts counts,
        long failedGaps,
        SortedMap<String, FileTotals.Total> files,
        SortedMap<String, Long> numbers,
        List<Remark> remarks,
        Optional<Baseline> baseline,
        Optional<Comparison> comparison,
        Likeness likeness) {

    /** Counts with nothing to compare them with. */
    static Measurement alone(Counts counts, long failedGaps) {
        return new Measurement(
                counts,
                failedGaps,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Likeness.ALIKE);
    }

    /** Everything that has a number, by names that expressions in routes can use. */
    SortedMap<String, Long> count() {
        SortedMap<String, Long> all = new TreeMap<>(numbers);
        all.put("pages", counts.pages());
        all.put("databases", counts.databases());
        all.put("data_sources", counts.dataSources());
        all.put("views", counts.views());
        all.put("blocks", counts.blocks());
        all.put("comments", counts.comments());
        all.put("files", counts.files());
        all.put("file_bytes", counts.fileBytes());
        all.put("gaps", failedGaps);
        files.forEach((kind, total) -> all.put("files_" + kind, total.files()));
        comparison.ifPresent(with -> {
            all.put("rows", with.rowsNow());
            all.put("pages_gone", with.gonePages().count());
            all.put("databases_gone", with.goneDatabases().count());
            all.put("rows_gone", with.goneRows().count());
            if (with.hasContents()) {
                all.put("pages_changed", with.changed());
                all.put("pages_emptied", with.emptied());
            }
        });
        return all;
    }
}
