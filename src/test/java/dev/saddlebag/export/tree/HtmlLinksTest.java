package dev.saddlebag.export.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.vault.Hashes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses are replaced where they stand in the HTML, and not a byte beside them. */
class HtmlLinksTest {
    @TempDir
    Path home;

    @Test
    void addresses_of_links_pictures_and_media_are_replaced_in_their_place() throws Exception {
        String page =
                "<html><body><article id=\"a\"><div class=\"page-body\"><p id=\"b\">\u00e9 <a  href='x.md?a=1&amp;b=2'>x</a>"
                        + "<img src=\"W%C3%B6.png\"/><video controls src=\"v.mp4\"></video></p></div></article></body></html>";
        assertThat(rewritten(page))
                .isEqualTo(page.replace("x.md?a=1&amp;b=2", "[x.md?a=1&amp;b=2]")
                        .replace("W%C3%B6.png", "[W%C3%B6.png]")
                        .replace("v.mp4", "[v.mp4]"));
    }

    @Test
    void a_title_is_worded_anew_and_the_same_words_elsewhere_are_not() throws Exception {
        String page = "<html><head><title>@Today</title></head><body><h1 class=\"page-title\"><time>@Today</time></h1>"
                + "<div class=\"page-body\"><p id=\"b\">@Today</p></div></body></html>";
        assertThat(rewrite(write(page), address -> Link.staying(Link.What.ELSEWHERE, address), "@Today", "@August 6"))
                .isEqualTo(
                        page.replace("<title>@Today", "<title>@August 6").replace("<time>@Today", "<time>@August 6"));
    }

    @Test
    void blocks_are_counted_by_their_ids() throws Exception {
        assertThat(blocks("<article id=\"a\"><div class=\"page-body\"></div></article>"))
                .isZero();
        assertThat(
                        blocks(
                                "<article id=\"a\"><div class=\"page-body\"><p id=\"1\">a</p><ul id=\"2\"><li>b</li></ul></div>"))
                .isEqualTo(2);
        assertThat(blocks("<div class=\"page-body\"><p>no ids</p></div>")).isEqualTo(1);
    }

    @Test
    void pages_that_notion_made_come_out_as_they_went_in_when_nothing_is_to_be_replaced() throws Exception {
        SampleExport export =
                SampleExport.in(home).unzipped(SampleExport.fixture("obsidian-importer/notion-testspace.zip"));
        try (Stream<Path> files = Files.walk(export.root)) {
            List<Path> pages =
                    files.filter(file -> file.toString().endsWith(".html")).toList();
            assertThat(pages).hasSize(5);
            for (Path page : pages) {
                assertThat(rewrite(page, address -> Link.staying(Link.What.ELSEWHERE, address), "", ""))
                        .isEqualTo(Files.readString(page));
            }
        }
    }

    @Property(tries = 500)
    void no_byte_changes_when_nothing_is_to_be_replaced_however_broken_the_page(@ForAll("pages") String page)
            throws Exception {
        Path file = Files.createTempFile("page", ".html");
        try {
            Files.write(file, page.getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new HtmlLinks(address -> Link.staying(Link.What.ELSEWHERE, address), link -> {}, words -> words)
                    .rewrite(file, out, Hashes.sha256());
            assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(file));
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<String> pages() {
        return Arbitraries.of(
                        "<a href=\"",
                        "\">",
                        "</a>",
                        "<p id=\"1\">",
                        "</p>",
                        "<div class=\"page-body\">",
                        "</div>",
                        "<table>",
                        "<tr><td>",
                        "</table>",
                        "<img src=x ",
                        "<img src='",
                        "'",
                        ">",
                        "<",
                        "&amp;",
                        "&",
                        "\n",
                        "\r\n",
                        "\u00e9",
                        "\u0000",
                        "<h1 class=\"page-title\">",
                        "<script>",
                        "</script>",
                        "<!--",
                        "-->",
                        "text",
                        " ")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    private Path write(String page) throws IOException {
        return Files.writeString(home.resolve("page.html"), page);
    }

    private String rewritten(String page) throws IOException {
        return rewrite(
                write(page),
                address -> new Link(Link.What.FILE, "[" + address + "]", address, false, null, null, null),
                "",
                "");
    }

    private static String rewrite(Path page, MarkdownLinks.Resolver resolver, String title, String other)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new HtmlLinks(resolver, link -> {}, words -> title.isEmpty() ? words : words.replace(title, other))
                .rewrite(page, out, Hashes.sha256());
        return out.toString(StandardCharsets.UTF_8);
    }

    private long blocks(String page) throws IOException {
        HtmlLinks links =
                new HtmlLinks(address -> Link.staying(Link.What.ELSEWHERE, address), link -> {}, words -> words);
        links.rewrite(write(page), java.io.OutputStream.nullOutputStream(), Hashes.sha256());
        return links.blocks();
    }
}
