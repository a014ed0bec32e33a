package dev.saddlebag.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestMinimumTest {
    private static final TruthOptions EVERYTHING = TruthOptions.standard()
            .withComments(TruthOptions.Comments.PAGE)
            .withMeetingSections(true)
            .withTemplates(true)
            .withViews(true);

    /** One look at an original that is not shared, two on the way from another one up to its page. */
    private static final long ORIGINALS = 3;

    /** The frugal reader goes over HTTP and knows nothing of the workspace, so neither can be right by accident. */
    @ParameterizedTest
    @CsvSource({
        "1, 5, PAGE, false, false",
        "2, 20, BLOCK, false, false",
        "3, 61, NONE, false, true",
        "4, 240, PAGE, false, false",
        "5, 240, PAGE, true, true",
        "6, 700, PAGE, false, true"
    })
    void a_reader_that_asks_for_nothing_in_vain_needs_exactly_the_minimum(
            long seed, int pages, TruthOptions.Comments comments, boolean shortPages, boolean mentionsCut) {
        Behaviour behaviour = Behaviour.standard().withShortPages(shortPages).withMentionsCut(mentionsCut);
        compare(SampleWorkspace.of(seed, pages), behaviour, EVERYTHING.withComments(comments));
    }

    @Test
    void the_reader_and_the_minimum_agree_when_search_finds_only_the_pages_at_the_top() {
        compare(SampleWorkspace.of(7, 240), Behaviour.standard().withIncompleteSearch(Duration.ZERO, 100), EVERYTHING);
    }

    private static void compare(SampleWorkspace workspace, Behaviour behaviour, TruthOptions options) {
        try (var notion = NotionSimulator.start(workspace, behaviour)) {
            Set<String> read = new FrugalReader(notion, options).run();
            Set<String> whole = whole(workspace, options);
            assertThat(read).containsAll(whole);
            assertThat(whole).containsAll(read);
            assertThat(notion.requests().repeated()).isEmpty();
            Map<String, Long> needed = new TreeMap<>();
            notion.requests().counts().forEach((kind, count) -> needed.put(kind, (long) count));
            assertThat(RequestMinimum.byKind(workspace, behaviour, options)).isEqualTo(needed);
            assertThat(RequestMinimum.of(workspace, behaviour, options))
                    .isEqualTo(notion.requests().total());
        }
    }

    /** What the reader has to have read, by the names that it uses. */
    private static Set<String> whole(SampleWorkspace workspace, TruthOptions options) {
        Set<String> names = new TreeSet<>();
        workspace
                .truth("http://127.0.0.1", options)
                .objects()
                .forEach(entry -> entry.content().forEach(part -> collect(part, names)));
        return names;
    }

    private static void collect(JsonNode node, Set<String> names) {
        String object = node.path("object").asText();
        if (Set.of("page", "block", "database", "data_source", "comment", "view")
                .contains(object)) {
            names.add(object + " " + node.get("id").asText());
        }
        if (node.isArray()) {
            node.forEach(entry -> collect(entry, names));
        }
        node.path("children").forEach(child -> collect(child, names));
    }

    @Test
    void it_follows_what_is_edited() {
        SampleWorkspace workspace = SampleWorkspace.of(4, 60);
        workspace.clock(Clock.fixed(Instant.parse("2026-11-21T08:15:40Z"), ZoneOffset.UTC));
        String home = workspace.standalonePages().get(0);
        Map<String, Long> before = byKind(workspace);

        String page = workspace.addPage(home, "Empty");
        for (int block = 0; block < 100; block++) {
            workspace.addParagraph(page, "Line " + block, SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME);
        }
        // Search shows the page, so it costs its blocks and its comments.
        assertThat(more(workspace, before)).isEqualTo(Map.of("children", 1L, "comments", 1L));
        workspace.addParagraph(page, "One more than a page of a list", SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME);
        assertThat(more(workspace, before)).isEqualTo(Map.of("children", 2L, "comments", 1L));
        for (int comment = 0; comment < 101; comment++) {
            workspace.addComment(page, "Comment " + comment);
        }
        assertThat(more(workspace, before)).isEqualTo(Map.of("children", 2L, "comments", 2L));
        workspace.deletePage(page);
        assertThat(more(workspace, before)).isEmpty();
    }

    private static Map<String, Long> byKind(SampleWorkspace workspace) {
        return RequestMinimum.byKind(workspace, Behaviour.standard(), EVERYTHING);
    }

    private static Map<String, Long> more(SampleWorkspace workspace, Map<String, Long> before) {
        Map<String, Long> more = new HashMap<>();
        byKind(workspace).forEach((kind, count) -> more.put(kind, count - before.getOrDefault(kind, 0L)));
        more.values().removeIf(count -> count == 0);
        return more;
    }

    @Test
    void a_behaviour_that_gives_less_costs_more() {
        SampleWorkspace workspace = SampleWorkspace.of(4, 240);
        Map<String, Long> plain = byKind(workspace);
        Map<String, Long> blind = RequestMinimum.byKind(
                workspace, Behaviour.standard().withIncompleteSearch(Duration.ZERO, 100), EVERYTHING);
        assertThat(blind.get("page")).isGreaterThan(plain.get("page") + 50);
        assertThat(blind.get("search")).isEqualTo(2L);
        assertThat(plain.get("search")).isEqualTo(4L);

        long sources = workspace.dataSources().size();
        Map<String, Long> heavy =
                RequestMinimum.byKind(workspace, Behaviour.standard().withHeavyQueryRows(1), EVERYTHING);
        Map<String, Long> capped =
                RequestMinimum.byKind(workspace, Behaviour.standard().withQueryCap(1), EVERYTHING);
        long rows = workspace.dataSources().stream()
                .mapToLong(source -> entries(workspace, source))
                .sum();
        long emptyQueries = workspace.dataSources().stream()
                .mapToLong(source -> empty(workspace, source))
                .sum();
        assertThat(plain.get("query")).isEqualTo(2 * sources);
        assertThat(heavy.get("query")).isEqualTo(rows + emptyQueries);
        assertThat(capped.get("query")).isEqualTo(rows + emptyQueries);
    }

    /** The rows of a data source, and the data sources that a wiki's has among them. */
    private static long entries(SampleWorkspace workspace, String source) {
        int number = workspace.content().ids().read(source).orElseThrow().index();
        return workspace.rows(source).size()
                + workspace.content().world().sourcesIn(number).count();
    }

    /** How many of the two queries of a data source find no row. */
    private static long empty(SampleWorkspace workspace, String source) {
        World world = workspace.content().world();
        List<Boolean> archived = workspace.rows(source).stream()
                .map(row -> world.archived(
                        workspace.content().ids().read(row).orElseThrow().index()))
                .distinct()
                .toList();
        return 2L - archived.size();
    }

    @Test
    void what_may_not_be_read_is_asked_for_once() {
        SampleWorkspace workspace = SampleWorkspace.of(4, 240);
        Map<String, Long> none =
                RequestMinimum.byKind(workspace, Behaviour.standard().withCapabilities(false, false), EVERYTHING);
        assertThat(byKind(workspace).get("users")).isEqualTo(2L);
        assertThat(none.get("users")).isEqualTo(1L);
        assertThat(none.get("comments")).isEqualTo(1L);
    }

    @Test
    void what_no_list_shows_is_asked_for_by_its_id() {
        SampleWorkspace workspace = SampleWorkspace.of(4, 240);
        Map<String, Long> counts = byKind(workspace);
        // The hidden database names its data source; the one in the wiki is among the wiki's rows.
        assertThat(counts.get("data_source"))
                .isEqualTo((long) workspace.hiddenDatabases().size());
        assertThat(counts.get("database"))
                .isEqualTo((long) workspace.databases().size()
                        + workspace.linkedDatabases().size());
        // What the meeting has as its three sections comes on top of the originals.
        assertThat(counts.get("block")).isEqualTo(ORIGINALS + 3);
        // Of the views, the one of the unsupported type is asked for and not held.
        long views = workspace
                .truth("http://127.0.0.1", EVERYTHING)
                .objects()
                .filter(entry -> entry.path().contains("/views/"))
                .count();
        assertThat(counts.get("view")).isEqualTo(views + 1);
        long templates = workspace.content().world().sources().stream()
                .mapToLong(source -> workspace.content().templates(source).size())
                .sum();
        Map<String, Long> without =
                RequestMinimum.byKind(workspace, Behaviour.standard(), EVERYTHING.withTemplates(false));
        assertThat(counts.get("page") - without.get("page")).isEqualTo(templates);
    }

    @Test
    void an_original_whose_page_something_else_leads_to_is_not_looked_up() {
        SampleWorkspace workspace = SampleWorkspace.of(4, 60);
        Map<String, Long> before = byKind(workspace);
        // The tree shows a page that was moved below another, and with it the original that lies in it.
        String withOriginal = workspace.hiddenPages().get(3);
        workspace.movePage(
                withOriginal, workspace.standalonePages().get(0), SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME);
        assertThat(more(workspace, before)).isEqualTo(Map.of("block", -2L));
    }

    @Test
    void what_is_not_wanted_is_not_asked_for() {
        SampleWorkspace workspace = SampleWorkspace.of(4, 60);
        Map<String, Long> few = RequestMinimum.byKind(
                workspace, Behaviour.standard(), TruthOptions.standard().withArchivedRows(false));
        assertThat(few).doesNotContainKeys("comments", "views", "view", "templates");
        assertThat(few.get("query")).isEqualTo((long) workspace.dataSources().size());
        assertThat(few.get("block")).isEqualTo(ORIGINALS);
    }
}
