package dev.saddlebag.export.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.vault.Hashes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Addresses are replaced wherever Notion writes them in Markdown, and nothing else is. */
class MarkdownLinksTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";

    private final List<String> met = new ArrayList<>();

    @Test
    void an_address_may_hold_brackets_and_be_followed_by_more() throws Exception {
        assertThat(rewritten(
                        "see [a](Note%20(v2)%20" + ID + ".md) and ![b](c.png), (d)",
                        "Note%20(v2)%20" + ID + ".md",
                        "c.png"))
                .isEqualTo("see [a](<1>) and ![b](<2>), (d)");
    }

    @Test
    void an_address_with_a_bracket_that_is_not_closed_ends_where_it_leads_somewhere() throws Exception {
        String address = "Matrix%20(jobs%20" + ID + ".md";
        assertThat(rewritten("- [Matrix](" + address + ") (new)", address)).isEqualTo("- [Matrix](<1>) (new)");
        String closing = "Matrix)%20" + ID + ".md";
        assertThat(rewritten("[Matrix](" + closing + ")", closing)).isEqualTo("[Matrix](<1>)");
    }

    @Test
    void callouts_nested_items_and_pictures_in_links_are_no_hiding_places() throws Exception {
        assertThat(rewritten("<aside>\n\ud83d\udca1 Read [this](x.md)\n\n</aside>", "x.md"))
                .isEqualTo("<aside>\n\ud83d\udca1 Read [this](<1>)\n\n</aside>");
        assertThat(rewritten("- toggle\n\n        [deep](x.md)\n", "x.md"))
                .isEqualTo("- toggle\n\n        [deep](<1>)\n");
        assertThat(rewritten("[![p](p.png)](x.md)", "x.md", "p.png")).isEqualTo("[![p](<2>)](<1>)");
        assertThat(rewritten("<img src=\"p.png\" alt=\"p.png\" width=\"40px\" />", "p.png"))
                .isEqualTo("<img src=\"<1>\" alt=\"p.png\" width=\"40px\" />");
    }

    @Test
    void code_stays_as_it_is() throws Exception {
        String code = "```markdown\n[a](x.md)\n~~~\n```\n\n`[a](x.md)` and ``[`a](x.md)``\n";
        assertThat(rewritten(code + "[a](x.md)", "x.md")).isEqualTo(code + "[a](<1>)");
        assertThat(rewritten("\\[a](x.md) [a\\](x.md)", "x.md")).isEqualTo("\\[a](x.md) [a\\](x.md)");
    }

    @Test
    void relations_and_files_among_the_properties_are_addresses() throws Exception {
        String one = "Tasks/One%20" + ID + ".md";
        assertThat(rewritten(
                        "# Row\n\nTasks: One (" + one + "), Two (later)\nFiles: a%20b/c.png, d.pdf\n\nText: One (" + one
                                + ")\n",
                        one,
                        "a%20b/c.png",
                        "d.pdf"))
                .isEqualTo("# Row\n\nTasks: One (<1>), Two (later)\nFiles: <2>, <3>\n\nText: One (" + one + ")\n");
    }

    @Test
    void properties_are_no_lines_of_the_body_of_a_row() throws Exception {
        String page = "# Row\n\nState: Done\nDue: Monday\n\nFirst\n\nSecond: third\n";
        assertThat(lines(page, true)).isEqualTo(2);
        assertThat(lines(page, false)).isEqualTo(4);
        assertThat(lines("# Empty\n\nState: Done\n", true)).isZero();
    }

    @Test
    void two_versions_that_differ_in_addresses_only_mean_the_same() throws Exception {
        assertThat(meaning("[a](x.md) b", "x.md")).isEqualTo(meaning("[a](y/x.md) b", "y/x.md"));
        assertThat(meaning("[a](x.md) b", "x.md")).isNotEqualTo(meaning("[a](x.md) c", "x.md"));
    }

    @Test
    void a_page_that_names_itself_is_met_once_for_each_link() throws Exception {
        rewritten("[a](x.md) [b](y.md)\n[c](x.md)", "x.md");
        assertThat(met).containsExactly("x.md", "y.md", "x.md");
    }

    @Test
    void pages_that_notion_made_come_out_as_they_went_in_when_nothing_is_to_be_replaced() throws Exception {
        try (Stream<Path> files = Files.walk(SampleExport.fixture(""))) {
            List<Path> pages =
                    files.filter(file -> file.toString().endsWith(".md")).toList();
            assertThat(pages).hasSizeGreaterThan(70);
            for (Path page : pages) {
                assertThat(identity(Files.readAllBytes(page)))
                        .as(page.toString())
                        .isEqualTo(Files.readAllBytes(page));
            }
        }
    }

    @Property(tries = 1000)
    void no_byte_changes_when_nothing_is_to_be_replaced(@ForAll("texts") String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(identity(bytes)).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "[",
                        "]",
                        "(",
                        ")",
                        "](",
                        "\\",
                        "`",
                        "```",
                        "~~~",
                        "<",
                        ">",
                        "!",
                        "\n",
                        "\r\n",
                        "# ",
                        ": ",
                        ", ",
                        "%20",
                        "x.md",
                        ID + ".csv",
                        "https://",
                        "<img src=\"",
                        "\"",
                        "?X-Amz-Expires=1",
                        " ",
                        "\u00e9",
                        "\u00ff",
                        "@Today")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    private static byte[] identity(byte[] page) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MarkdownLinks(address -> Link.staying(Link.What.DEAD_PAGE, address), link -> {}, words -> words, true)
                .rewrite(new ByteArrayInputStream(page), out, Hashes.sha256());
        return out.toByteArray();
    }

    private static long lines(String page, boolean row) throws IOException {
        MarkdownLinks links = new MarkdownLinks(
                address -> Link.staying(Link.What.ELSEWHERE, address), link -> {}, words -> words, row);
        links.rewrite(
                new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)),
                java.io.OutputStream.nullOutputStream(),
                Hashes.sha256());
        return links.bodyLines();
    }

    private String meaning(String page, String known) throws IOException {
        var digest = Hashes.sha256();
        rewrite(page, Map.of(known, "elsewhere"), digest);
        return Hashes.hex(digest.digest());
    }

    /** The page with the first known address as {@code <1>}, the second as {@code <2>} and so on. */
    private String rewritten(String page, String... known) throws IOException {
        Map<String, String> replacements = new java.util.HashMap<>();
        for (String address : known) {
            replacements.put(address, "<" + (replacements.size() + 1) + ">");
        }
        return rewrite(page, replacements, Hashes.sha256());
    }

    private String rewrite(String page, Map<String, String> known, java.security.MessageDigest digest)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MarkdownLinks.Resolver resolver = address -> known.containsKey(address)
                ? new Link(Link.What.FILE, known.get(address), "known", false, null, null, address)
                : new Link(Link.What.DEAD_FILE, null, address, false, null, null, address);
        new MarkdownLinks(resolver, link -> met.add(link.live()), words -> words, true)
                .rewrite(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)), out, digest);
        return out.toString(StandardCharsets.UTF_8);
    }
}
