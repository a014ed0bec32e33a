package dev.saddlebag.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Names that people read and every system can write. */
class ReadablePathsTest {
    private static final Pattern RESERVED =
            Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?", Pattern.CASE_INSENSITIVE);

    @Test
    void a_page_lies_in_the_folder_of_its_parent() {
        Map<String, String> paths = ReadablePaths.of(List.of(
                titled(1, 0, "Handbook"), titled(2, 1, "Holidays: 25 days / year?"), titled(3, 2, "Sick leave")));
        assertThat(paths)
                .containsEntry(id(1), "pages/Handbook")
                .containsEntry(id(2), "pages/Handbook/Holidays 25 days year")
                .containsEntry(id(3), "pages/Handbook/Holidays 25 days year/Sick leave");
    }

    @Test
    void twins_carry_the_ends_of_their_ids_also_when_only_case_tells_them_apart() {
        Map<String, String> paths = ReadablePaths.of(List.of(titled(1, 0, "Notes"), titled(2, 0, "NOTES")));
        assertThat(paths).containsEntry(id(1), "pages/Notes (000001)").containsEntry(id(2), "pages/NOTES (000002)");
    }

    @Test
    void ids_with_equal_ends_are_told_apart_by_more_of_them() {
        String one = "aaaaaaaa-0000-4000-8000-000000123456";
        String other = "aaaaaaaa-0000-4000-8000-111111123456";
        Map<String, String> paths = ReadablePaths.of(
                List.of(new ReadablePaths.Titled(one, null, "A"), new ReadablePaths.Titled(other, null, "A")));
        assertThat(paths.values()).containsExactlyInAnyOrder("pages/A (000000123456)", "pages/A (111111123456)");
    }

    @Test
    void names_that_systems_keep_for_themselves_are_altered() {
        assertThat(ReadablePaths.name("CON")).isEqualTo("_CON");
        assertThat(ReadablePaths.name("nul.txt")).isEqualTo("_nul.txt");
        assertThat(ReadablePaths.name(".git")).isEqualTo("git");
        assertThat(ReadablePaths.name("git~1")).isEqualTo("_git~1");
        assertThat(ReadablePaths.name("What? ...")).isEqualTo("What");
        assertThat(ReadablePaths.name(" \t ")).isEqualTo("Untitled");
        assertThat(ReadablePaths.name("Wo\u0308rter")).isEqualTo("W\u00f6rter");
        assertThat(ReadablePaths.name("a\u202egnp.exe")).isEqualTo("agnp.exe");
    }

    @Test
    void a_title_that_looks_like_a_twin_or_a_file_gets_an_end_of_its_own() {
        Map<String, String> paths = ReadablePaths.of(List.of(
                titled(1, 0, "A"),
                titled(2, 0, "A"),
                titled(3, 0, "A (000001)"),
                titled(4, 0, "A.md"),
                titled(5, 4, "B")));
        assertThat(paths)
                .containsEntry(id(1), "pages/A (000001)")
                .containsEntry(id(3), "pages/A (000001) (000003)")
                .containsEntry(id(4), "pages/A.md (000004)");
    }

    @Test
    void a_long_title_is_cut_where_a_sign_ends() {
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
        String name = ReadablePaths.name(family.repeat(20));
        assertThat(name).isEqualTo(family.repeat(7));
    }

    @Test
    void parents_that_stand_in_each_other_do_not_lose_their_pages() {
        Map<String, String> paths = ReadablePaths.of(List.of(titled(1, 2, "A"), titled(2, 1, "B"), titled(3, 1, "C")));
        assertThat(paths).containsOnlyKeys(id(1), id(2), id(3));
        assertThat(new HashSet<>(paths.values())).hasSize(3);
    }

    @Property(tries = 300)
    void every_path_can_be_written_everywhere_and_is_the_only_one(@ForAll("trees") List<ReadablePaths.Titled> tree) {
        Map<String, String> paths = ReadablePaths.of(tree);

        assertThat(paths).hasSize(tree.size());
        Set<String> folded = new HashSet<>();
        paths.values().forEach(path -> {
            assertThat(path.length() + 5).as(path).isLessThanOrEqualTo(240);
            assertThat(Normalizer.isNormalized(path, Normalizer.Form.NFC)).isTrue();
            assertThat(path).startsWith("pages/");
            for (String part : path.split("/", -1)) {
                assertThat(part).isNotEmpty().doesNotContainPattern("[<>:\"\\\\|?*\\p{Cc}]|[. ]$|^[. ]");
                assertThat(RESERVED.matcher(part).matches()).as(part).isFalse();
                assertThat((part + ".html").getBytes(StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(240);
            }
            assertThat(folded.add(path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT)))
                    .as(path)
                    .isTrue();
        });
        // No file has the name of a folder.
        paths.values().forEach(path -> {
            for (String ending : List.of(".md", ".html", ".csv")) {
                assertThat(folded).doesNotContain((path + ending).toLowerCase(Locale.ROOT));
            }
        });
    }

    @Property(tries = 100)
    void the_order_of_reading_does_not_matter(@ForAll("trees") List<ReadablePaths.Titled> tree, @ForAll Random random) {
        List<ReadablePaths.Titled> shuffled = new ArrayList<>(tree);
        Collections.shuffle(shuffled, random);
        assertThat(ReadablePaths.of(shuffled)).isEqualTo(ReadablePaths.of(tree));
    }

    @Property(tries = 300)
    void a_link_leads_from_one_path_to_the_other(@ForAll("trees") List<ReadablePaths.Titled> tree) {
        List<String> paths = new ArrayList<>(ReadablePaths.of(tree).values());
        String from = paths.get(0) + ".md";
        String to = paths.get(paths.size() - 1) + ".md";
        URI base = URI.create("file:///" + ReadablePaths.link("x", from));
        assertThat(base.resolve(ReadablePaths.link(from, to)).getPath()).isEqualTo("/" + to);
    }

    @Provide
    Arbitrary<List<ReadablePaths.Titled>> trees() {
        Arbitrary<String> title = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(80),
                Arbitraries.strings().withChars("aA.md /\u00df\u0130 (01)").ofMaxLength(12),
                Arbitraries.of("con", "Deeper", "Notes", "NOTES", "a.md", "a", "\u6c49".repeat(90), "L".repeat(200)));
        Arbitrary<int[]> parents =
                Arbitraries.integers().between(0, 40).array(int[].class).ofSize(25);
        return Combinators.combine(title.list().ofSize(25), parents).as((titles, around) -> {
            List<ReadablePaths.Titled> tree = new ArrayList<>();
            for (int i = 0; i < titles.size(); i++) {
                tree.add(titled(i + 1, around[i] > i ? i : around[i], titles.get(i)));
            }
            return tree;
        });
    }

    private static ReadablePaths.Titled titled(int number, int parent, String title) {
        return new ReadablePaths.Titled(id(number), parent == 0 ? null : id(parent), title);
    }

    private static String id(int number) {
        return new UUID(0x1234_0000_0000_4000L, 0x8000_0000_0000_0000L + number).toString();
    }
}
