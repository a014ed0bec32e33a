package dev.saddlebag.export.tree;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;

/**
 * Replaces addresses in the HTML that Notion exports, and leaves every other byte as it is. The page is read twice, each
 * time as a stream, since a database of 100,000 rows is one page: first for where the addresses stand, then to copy it.
 */
final class HtmlLinks {
    private static final List<String> ADDRESSES = List.of("href", "src", "poster", "data");

    private final MarkdownLinks.Resolver resolver;
    private final MarkdownLinks.Met met;
    private final UnaryOperator<String> titles;
    private final Passages passages = new Passages();
    private long blocks;
    private boolean hasText;

    HtmlLinks(MarkdownLinks.Resolver resolver, MarkdownLinks.Met met, UnaryOperator<String> titles) {
        this.resolver = resolver;
        this.met = met;
        this.titles = titles;
    }

    /** Writes the page with its addresses replaced, and gives {@code meaning} what counts of it. */
    void rewrite(Path page, OutputStream out, MessageDigest meaning) throws IOException {
        Parser html = Parser.htmlParser().setTrackPosition(true);
        // Each byte is taken for a sign, so that positions are those of bytes.
        try (Reader in = new BufferedReader(
                        new InputStreamReader(Files.newInputStream(page), StandardCharsets.ISO_8859_1));
                StreamParser parser = new StreamParser(html).parse(in, "")) {
            for (Iterator<Element> all = parser.iterator(); all.hasNext(); ) {
                Element element = all.next();
                take(element);
                element.remove();
            }
        } catch (UncheckedIOException disk) {
            throw disk.getCause();
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(page))) {
            passages.write(in, out, meaning);
        }
    }

    /** How many blocks the body has. */
    long blocks() {
        return blocks > 0 || !hasText ? blocks : 1;
    }

    private void take(Element element) {
        boolean inBody = element.closest(".page-body") != null && !element.hasClass("page-body");
        if (inBody && !element.id().isEmpty()) {
            blocks++;
        }
        hasText |=
                (inBody || element.hasClass("page-body")) && !element.ownText().isBlank();
        String other = null;
        for (String name : ADDRESSES) {
            if (element.hasAttr(name)) {
                String title = address(element.attribute(name));
                other = other == null ? title : other;
            }
        }
        if (other != null) {
            String title = other;
            words(element, text -> RelativeDates.mayBeIn(text) ? title : text);
        } else if (element.normalName().equals("title") || element.closest("h1.page-title") != null) {
            words(element, titles);
        }
    }

    /** Takes an address; gives the title of what it leads to, where that is worded otherwise there. */
    private String address(Attribute attribute) {
        var range = attribute.sourceRange().valueRange();
        if (!range.isTracked() || range.startPos() >= range.endPos()) {
            return null;
        }
        Link link = resolver.of(Passages.words(attribute.getValue()));
        met.link(link);
        String replacement = link.replacement() == null ? null : escaped(link.replacement());
        passages.replace(range.startPos(), range.endPos(), replacement, link.meaning());
        return link.title();
    }

    private void words(Element element, UnaryOperator<String> worded) {
        for (TextNode text : element.textNodes()) {
            String before = text.getWholeText();
            String after = worded.apply(before);
            var range = text.sourceRange();
            boolean plain = range.isTracked() && range.endPos() - range.startPos() == before.length();
            if (!after.equals(before) && plain) {
                passages.replace(range.startPos(), range.endPos(), escaped(after), after);
            }
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}
