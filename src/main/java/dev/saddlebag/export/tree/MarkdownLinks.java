package dev.saddlebag.export.tree;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces addresses in the Markdown that Notion exports, line by line, and leaves every other byte as it is.
 *
 * <p>A CommonMark parser would miss many of them: Notion's callouts are HTML to it, what is nested in a toggle is code,
 * relations among the properties are plain text, and an address with a bracket that is not closed ends in the wrong place
 * (facts/notion-export.md §2.5, §2.6). Where an address ends is decided by where it leads.
 */
final class MarkdownLinks {
    private static final Pattern TAG = Pattern.compile("<[a-zA-Z][^<>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\b(?:src|href)=\"([^\"]*)\"");
    private static final Pattern AUTOLINK = Pattern.compile("<(https?://[^<>\\s]*)>");
    private static final Pattern SIGNED = Pattern.compile("https://[^\\s()\\[\\]<>\"']*[?&]X-Amz-[^\\s()\\[\\]<>\"']*");
    private static final Pattern PROPERTY = Pattern.compile("[^:]{1,200}:( .*)?");
    private static final Pattern RELATION =
            Pattern.compile(" \\(([^()\\s]*(?:\\([^()\\s]*\\)[^()\\s]*)*[0-9a-f]{32}(?:_all)?\\.(?:md|csv))\\)");
    private static final Pattern FENCE =
            Pattern.compile("\\s*(?:[-*+] |[0-9]+\\. |> ?)*\\s*(`{3,}|~{3,})(.*)", Pattern.DOTALL);

    private final UnaryOperator<String> titles;
    private final Resolver resolver;
    private final Met met;
    private final boolean row;

    private String fence;
    private int lineNumber;
    private boolean inProperties;
    private long bodyLines;

    /** Says where an address leads; asked more than once for an address, it must give the same answer. */
    @FunctionalInterface
    interface Resolver {
        Link of(String address);
    }

    /** Is told of every link that was decided on. */
    @FunctionalInterface
    interface Met {
        void link(Link link);
    }

    /**
     * Prepares for one page.
     *
     * @param titles what becomes of the words of its own title
     * @param row whether the page is a row, which begins with its properties
     */
    MarkdownLinks(Resolver resolver, Met met, UnaryOperator<String> titles, boolean row) {
        this.resolver = resolver;
        this.met = met;
        this.titles = titles;
        this.row = row;
    }

    /** Writes the page with its addresses replaced, and gives {@code meaning} what counts of it. */
    void rewrite(InputStream page, OutputStream out, MessageDigest meaning) throws IOException {
        try (InputStream in = new BufferedInputStream(page, 1 << 16)) {
            for (String line = line(in); line != null; line = line(in)) {
                lineNumber++;
                take(line).write(line, out, meaning);
            }
        }
    }

    /** How many lines the body has, blank ones and the properties not counted. */
    long bodyLines() {
        return bodyLines;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int b = in.read(); b >= 0; b = in.read()) {
            line.write(b);
            if (b == '\n') {
                break;
            }
        }
        return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
    }

    private Passages take(String line) {
        Passages passages = new Passages();
        if (lineNumber == 1 && !PageHead.title(Passages.words(line)).isEmpty()) {
            inProperties = true;
            words(line, 0, line.stripTrailing().length(), passages);
            return passages;
        }
        boolean property =
                inProperties && fence == null && PROPERTY.matcher(line.strip()).matches();
        inProperties = property || (inProperties && lineNumber == 2 && line.isBlank());
        if (!line.isBlank() && !(property && row)) {
            bodyLines++;
        }
        if (isCode(line)) {
            return passages;
        }
        scan(line, passages);
        if (property) {
            relations(line, passages);
            files(line, passages);
        }
        Matcher signed = SIGNED.matcher(line);
        while (signed.find()) {
            if (!passages.covers(signed.start(), signed.end())) {
                put(signed.start(), signed.end(), resolver.of(signed.group()), passages);
            }
        }
        return passages;
    }

    private boolean isCode(String line) {
        Matcher mark = FENCE.matcher(line);
        if (!mark.matches()) {
            return fence != null;
        }
        String signs = mark.group(1);
        if (fence == null) {
            // What follows on the same line names the language, and has no further mark.
            fence = mark.group(2).contains("`") ? null : signs;
            return fence != null;
        }
        if (signs.charAt(0) == fence.charAt(0)
                && signs.length() >= fence.length()
                && mark.group(2).isBlank()) {
            fence = null;
        }
        return true;
    }

    private void scan(String line, Passages passages) {
        Deque<Integer> open = new ArrayDeque<>();
        int i = 0;
        while (i < line.length()) {
            switch (line.charAt(i)) {
                case '\\' -> i += 2;
                case '`' -> i = afterCode(line, i);
                case '[' -> {
                    open.push(i);
                    i++;
                }
                case ']' -> {
                    boolean link = !open.isEmpty() && i + 1 < line.length() && line.charAt(i + 1) == '(';
                    int start = open.isEmpty() ? -1 : open.pop();
                    i = link ? link(line, start, i, passages) : i + 1;
                }
                case '<' -> i = tag(line, i, passages);
                default -> i++;
            }
        }
    }

    private static int afterCode(String line, int start) {
        int end = start;
        while (end < line.length() && line.charAt(end) == '`') {
            end++;
        }
        String run = line.substring(start, end);
        for (int close = line.indexOf(run, end); close >= 0; close = line.indexOf(run, close + 1)) {
            int after = close + run.length();
            boolean whole = line.charAt(close - 1) != '`' && (after == line.length() || line.charAt(after) != '`');
            if (whole) {
                return after;
            }
        }
        return end;
    }

    /** Takes the link whose text ends at {@code close}; gives where to go on. */
    private int link(String line, int open, int close, Passages passages) {
        int start = close + 2;
        int end = end(line, start);
        if (end < 0) {
            return close + 1;
        }
        boolean pointed = line.charAt(start) == '<' && line.charAt(end - 1) == '>' && end - 1 > start;
        int from = pointed ? start + 1 : start;
        int to = pointed ? end - 1 : end;
        Link link = resolver.of(Passages.words(line.substring(from, to)));
        put(from, to, link, passages);
        title(line, open + 1, close, link, passages);
        return end + 1;
    }

    /** Where the address that begins at {@code start} ends; negative when nothing closes it. */
    private int end(String line, int start) {
        List<Integer> candidates = new ArrayList<>();
        int depth = 0;
        int balanced = -1;
        for (int i = start; i < line.length(); i++) {
            char sign = line.charAt(i);
            if (balanced >= 0 && sign == ']' && i + 1 < line.length() && line.charAt(i + 1) == '(') {
                break;
            }
            if (sign == '(') {
                depth++;
            } else if (sign == ')') {
                candidates.add(i);
                if (depth == 0 && balanced < 0) {
                    balanced = i;
                }
                depth--;
            }
        }
        if (candidates.isEmpty()) {
            return -1;
        }
        int first = balanced >= 0 ? balanced : candidates.get(0);
        if (!leadsNowhere(line, start, first)) {
            return first;
        }
        return candidates.stream()
                .filter(end ->
                        resolver.of(Passages.words(line.substring(start, end))).isLocal())
                .findFirst()
                .orElse(first);
    }

    private boolean leadsNowhere(String line, int start, int end) {
        return resolver.of(Passages.words(line.substring(start, end))).isDead();
    }

    private int tag(String line, int start, Passages passages) {
        Matcher autolink = AUTOLINK.matcher(line).region(start, line.length());
        if (autolink.lookingAt()) {
            put(autolink.start(1), autolink.end(1), resolver.of(Passages.words(autolink.group(1))), passages);
            return autolink.end();
        }
        Matcher tag = TAG.matcher(line).region(start, line.length());
        if (!tag.lookingAt()) {
            return start + 1;
        }
        Matcher attribute = ATTRIBUTE.matcher(line).region(start, tag.end());
        while (attribute.find()) {
            String address = Passages.words(attribute.group(1)).replace("&amp;", "&");
            put(attribute.start(1), attribute.end(1), resolver.of(address), passages);
        }
        return tag.end();
    }

    private void relations(String line, Passages passages) {
        Matcher relation = RELATION.matcher(line);
        int title = line.indexOf(':') + 1;
        while (relation.find()) {
            if (!passages.covers(relation.start(1), relation.end(1))) {
                Link link = resolver.of(Passages.words(relation.group(1)));
                put(relation.start(1), relation.end(1), link, passages);
                title(line, line.startsWith(", ", title) ? title + 2 : title + 1, relation.start(), link, passages);
            }
            title = relation.end();
        }
    }

    /** A property of files is a list of their paths, and of web addresses; it is one only when all paths are there. */
    private void files(String line, Passages passages) {
        int start = line.indexOf(": ") + 2;
        int end = line.stripTrailing().length();
        if (start < 2 || start >= end || passages.covers(start, end)) {
            return;
        }
        String[] parts = line.substring(start, end).split(", ", -1);
        List<Link> links = new ArrayList<>();
        for (String part : parts) {
            Link link = resolver.of(Passages.words(part));
            if (link.what() != Link.What.FILE && !Links.isWeb(part)) {
                return;
            }
            links.add(link);
        }
        if (links.stream().noneMatch(link -> link.what() == Link.What.FILE)) {
            return;
        }
        for (int i = 0; i < parts.length; i++) {
            if (links.get(i).what() == Link.What.FILE) {
                put(start, start + parts[i].length(), links.get(i), passages);
            }
            start += parts[i].length() + 2;
        }
    }

    private void put(int start, int end, Link link, Passages passages) {
        met.link(link);
        passages.replace(start, end, link.replacement(), link.meaning());
    }

    /** The text of a link that is the title of what it leads to. */
    private static void title(String line, int start, int end, Link link, Passages passages) {
        if (link.title() != null
                && start < end
                && !passages.covers(start, end)
                && RelativeDates.mayBeIn(Passages.words(line.substring(start, end)))) {
            passages.replace(start, end, link.title(), link.title());
        }
    }

    private void words(String line, int start, int end, Passages passages) {
        if (start < 0 || start >= end || passages.covers(start, end)) {
            return;
        }
        String before = Passages.words(line.substring(start, end));
        String after = titles.apply(before);
        if (!after.equals(before)) {
            passages.replace(start, end, after, after);
        }
    }
}
