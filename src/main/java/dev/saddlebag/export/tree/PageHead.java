package dev.saddlebag.export.tree;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;

/**
 * The beginning of a page: its whole title, and of a Markdown page the properties (facts/notion-export.md §2.6).
 *
 * @param title the title; empty when the page does not begin with one
 * @param properties the values by name, as they stand there; empty of an HTML page
 */
record PageHead(String title, Map<String, String> properties) {
    private static final int LONGEST_LINE = 1 << 16;

    /** The title alone, which is enough for most pages. */
    static String title(Path page) throws IOException {
        if (page.toString().endsWith(".html")) {
            return html(page);
        }
        try (BufferedReader lines = reader(page)) {
            return title(line(lines));
        }
    }

    /** All of it. */
    static PageHead markdown(Path page) throws IOException {
        try (BufferedReader lines = reader(page)) {
            String title = title(line(lines));
            Map<String, String> properties = new LinkedHashMap<>();
            String line = line(lines);
            if (line != null && line.isBlank()) {
                line = line(lines);
            }
            for (; line != null && !line.isBlank(); line = line(lines)) {
                int colon = line.indexOf(": ");
                if (colon > 0) {
                    properties.put(
                            line.substring(0, colon), line.substring(colon + 2).strip());
                }
            }
            return new PageHead(title, properties);
        }
    }

    /** The title in a first line, which a mark for its encoding may precede; empty when it is no title. */
    static String title(String line) {
        String plain = line == null ? "" : line.startsWith("\ufeff") ? line.substring(1) : line;
        return plain.startsWith("# ") ? plain.substring(2).strip() : "";
    }

    private static String html(Path page) throws IOException {
        try (Reader in = reader(page);
                StreamParser parser = new StreamParser(Parser.htmlParser()).parse(in, "")) {
            Element title = parser.selectFirst("h1.page-title");
            return title == null ? "" : title.text().strip();
        } catch (UncheckedIOException disk) {
            throw disk.getCause();
        }
    }

    /** Bytes that are no UTF-8 make odd titles, and no errors. */
    private static BufferedReader reader(Path page) throws IOException {
        return new BufferedReader(new InputStreamReader(Files.newInputStream(page), StandardCharsets.UTF_8));
    }

    private static String line(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        int sign = in.read();
        if (sign < 0) {
            return null;
        }
        for (; sign >= 0 && sign != '\n'; sign = in.read()) {
            if (line.length() < LONGEST_LINE) {
                line.append((char) sign);
            }
        }
        if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return line.toString();
    }
}
