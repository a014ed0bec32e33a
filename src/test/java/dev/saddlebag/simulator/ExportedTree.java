package dev.saddlebag.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What is in a downloaded export, read by the JDK alone, with the wrappers taken off. */
final class ExportedTree {
    private static final Pattern PART = Pattern.compile("Export(Block)?-[0-9a-f-]{36}-Part-\\d+\\.zip");
    private static final Pattern WRAPPER = Pattern.compile("^Export-[0-9a-f-]{36}/");
    private static final Pattern INDEX_LINK = Pattern.compile("<a href=\"([^\"]*)\">");
    private static final Pattern MARKDOWN_LINK = Pattern.compile("\\]\\(((?:[^()\\s]|\\([^()\\s]*\\))+)\\)");
    private static final Pattern HTML_LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

    private final Map<String, byte[]> entries = new TreeMap<>();

    static ExportedTree of(Path zip) {
        var tree = new ExportedTree();
        tree.addParts(zip);
        return tree;
    }

    /** The entries of one archive, in order. */
    static Map<String, byte[]> entries(Path zip) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (var file = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> all = file.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                try (InputStream bytes = file.getInputStream(entry)) {
                    entries.put(entry.getName(), bytes.readAllBytes());
                }
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addParts(Path zip) {
        Map<String, byte[]> outer = entries(zip);
        if (!outer.keySet().stream().allMatch(name -> PART.matcher(name).matches())) {
            outer.forEach((name, bytes) -> entries.put(WRAPPER.matcher(name).replaceFirst(""), bytes));
            return;
        }
        outer.values().forEach(bytes -> {
            try {
                Path part = Files.createTempFile("part", ".zip");
                Files.write(part, bytes);
                addParts(part);
                Files.delete(part);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    Map<String, byte[]> entries() {
        return entries;
    }

    String text(String path) {
        return new String(entries.get(path), StandardCharsets.UTF_8);
    }

    List<String> ending(String ending) {
        return entries.keySet().stream().filter(path -> path.endsWith(ending)).toList();
    }

    /** The local links of {@code index.html}, as paths. */
    List<String> indexLinks() {
        List<String> links = new ArrayList<>();
        Matcher matcher = INDEX_LINK.matcher(text("index.html"));
        while (matcher.find()) {
            String target = unescape(matcher.group(1));
            if (!target.startsWith("https:")) {
                links.add(target.replaceFirst("^\\./", ""));
            }
        }
        return links;
    }

    /** The local links of all pages that lead to no entry, each with the page that has it. */
    List<String> deadLinks() {
        List<String> dead = new ArrayList<>();
        for (String page : entries.keySet()) {
            boolean html = page.endsWith(".html") && !page.equals("index.html");
            if (!html && !page.endsWith(".md")) {
                continue;
            }
            Matcher matcher = (html ? HTML_LINK : MARKDOWN_LINK).matcher(text(page));
            while (matcher.find()) {
                String link = html ? unescape(matcher.group(1)) : matcher.group(1);
                if (!link.matches("(https?:|mailto:|#).*") && !entries.containsKey(resolved(page, link))) {
                    dead.add(page + " -> " + link);
                }
            }
        }
        return dead;
    }

    static String resolved(String page, String link) {
        var folder = new ArrayList<>(List.of(page.split("/", -1)));
        folder.remove(folder.size() - 1);
        for (String segment : link.split("/", -1)) {
            if (segment.equals("..")) {
                folder.remove(folder.size() - 1);
            } else {
                folder.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return String.join("/", folder);
    }

    private static String unescape(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#x27;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
