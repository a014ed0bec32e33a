package dev.saddlebag.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.MemoryFolders;
import dev.saddlebag.vault.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.commons.io.file.PathUtils;

/** What holds of the difference of any two workspaces. */
class MirrorTest {
    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void nothing_differs_from_itself_and_the_way_back_is_the_mirror_of_the_way_there(
            @ForAll("gardens") Map<Integer, Garden.Plant> some, @ForAll("gardens") Map<Integer, Garden.Plant> others)
            throws IOException {
        Path home = MemoryFolders.create("saddlebag-mirror-");
        try {
            TwoSnapshots vault = new TwoSnapshots(home);
            Snapshot a = vault.add(new Garden(some).write(home.resolve("a")));
            Snapshot b = vault.add(new Garden(others).write(home.resolve("b")));

            try (Difference same = vault.difference(a, a);
                    Difference there = vault.difference(a, b);
                    Difference back = vault.difference(b, a)) {
                assertThat(same.changes()).isEmpty();
                assertThat(mirrored(back)).isEqualTo(new HashSet<>(there.changes()));
                assertThat(idsOf(there, What.ADDED)).isEqualTo(idsIn(others, some));
                assertThat(idsOf(there, What.REMOVED)).isEqualTo(idsIn(some, others));
                for (Change change : there.changes()) {
                    assertThat(lines(there, change, '+')).isEqualTo(lines(back, change, '-'));
                    assertThat(lines(there, change, '-')).isEqualTo(lines(back, change, '+'));
                }
                some.forEach((number, plant) -> {
                    Garden.Plant other = others.get(number);
                    if (other != null) {
                        assertThat(idsOf(there, What.RENAMED).contains(Garden.id(number)))
                                .isEqualTo(!plant.title().equals(other.title()));
                        assertThat(idsOf(there, What.CHANGED).contains(Garden.id(number)))
                                .isEqualTo(!plant.text().equals(other.text()));
                    }
                });
            }
        } finally {
            PathUtils.deleteDirectory(home);
        }
    }

    @Provide
    Arbitrary<Map<Integer, Garden.Plant>> gardens() {
        Arbitrary<String> titles = Arbitraries.of("Home", "Plan", "Über / alles", "x");
        Arbitrary<String> texts = Arbitraries.of("One.", "Two.", "# Three", "- four");
        Arbitrary<Garden.Plant> plants = Combinators.combine(
                        titles, Arbitraries.integers().between(0, 9), texts)
                .as(Garden.Plant::new);
        return Arbitraries.maps(Arbitraries.integers().between(1, 8), plants)
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static Set<Change> mirrored(Difference difference) {
        Set<Change> mirrored = new HashSet<>();
        for (Change change : difference.changes()) {
            Set<What> what = EnumSet.copyOf(change.what());
            if (what.remove(What.ADDED)) {
                what.add(What.REMOVED);
            } else if (what.remove(What.REMOVED)) {
                what.add(What.ADDED);
            }
            mirrored.add(new Change(
                    change.object(),
                    what,
                    /* before= */ change.after(),
                    /* after= */ change.before(),
                    change.linesRemoved(),
                    change.linesAdded(),
                    change.properties()));
        }
        return mirrored;
    }

    private static List<String> lines(Difference difference, Change change, char sign) throws IOException {
        return difference.detail(change).text().stream()
                .flatMap(hunk -> hunk.lines().stream())
                .filter(line -> line.charAt(0) == sign)
                .map(line -> line.substring(1))
                .toList();
    }

    private static Set<String> idsOf(Difference difference, What what) {
        Set<String> ids = new HashSet<>();
        difference.changes().stream()
                .filter(change -> change.what().contains(what))
                .forEach(change -> ids.add(change.object().id()));
        return ids;
    }

    private static Set<String> idsIn(Map<Integer, Garden.Plant> these, Map<Integer, Garden.Plant> notThese) {
        Map<Integer, Garden.Plant> rest = new HashMap<>(these);
        rest.keySet().removeAll(notThese.keySet());
        Set<String> ids = new HashSet<>();
        rest.keySet().forEach(number -> ids.add(Garden.id(number)));
        return ids;
    }
}
