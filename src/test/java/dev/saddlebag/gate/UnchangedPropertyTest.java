package dev.saddlebag.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.MemoryFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.io.file.PathUtils;

/** Whatever a workspace is like: the same once more is accepted, with every limit at nothing. */
class UnchangedPropertyTest {
    private static final List<String> ENDINGS = List.of("png", "pdf", "zip", "mp3", "mp4", "odd");

    private static final Map<String, String> NOTHING = Map.of(
            "maximum-drop-percent", "0",
            "maximum-emptied-percent", "0",
            "maximum-changed-percent", "0",
            "maximum-dead-link-increase", "0",
            "small-drop", "0");

    @Property(tries = 40)
    void an_identical_snapshot_breaks_no_rule(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size)
            throws IOException {
        Path folder = MemoryFolders.create("gate-");
        try {
            Sketch sketch = random(new Random(seed), size);

            Verdict verdict = sketch.after(sketch.copy(), folder, NOTHING, unused -> Fate.NOT_VISIBLE);

            assertThat(verdict.findings()).isEmpty();
            assertThat(verdict.rules()).allMatch(Verdict.Measure::kept);
        } finally {
            PathUtils.deleteDirectory(folder);
        }
    }

    @Property(tries = 40)
    void one_page_less_breaks_the_rule_that_tolerates_none(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int size) throws IOException {
        Path folder = MemoryFolders.create("gate-");
        try {
            Sketch sketch = random(new Random(seed), size);

            Verdict verdict =
                    sketch.copy().without("page 0").after(sketch, folder, NOTHING, unused -> Fate.NOT_VISIBLE);

            assertThat(verdict.held()).isTrue();
        } finally {
            PathUtils.deleteDirectory(folder);
        }
    }

    /** Pages below pages, databases with few rows or none, files of all kinds. */
    private static Sketch random(Random random, int size) {
        Sketch sketch = new Sketch();
        for (int i = 0; i < size; i++) {
            String parent = i == 0 || random.nextBoolean() ? null : "page " + random.nextInt(i);
            sketch.page("page " + i, parent, random.nextInt(9));
            if (random.nextInt(4) == 0) {
                sketch.database("list " + i, random.nextBoolean() ? null : "page " + i, random.nextInt(8));
            }
            if (random.nextInt(3) == 0) {
                sketch.file("page " + i, "file-" + i + "." + ENDINGS.get(random.nextInt(6)), i);
            }
        }
        sketch.observed().number("dead-links-to-files", random.nextInt(9));
        return sketch;
    }
}
