package dev.saddlebag.export.archive;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an unpacking counts and notices by the way. */
final class Findings {
    private static final int SHOWN = 5;
    private static final Pattern PAGE = Pattern.compile("(?:.*[^0-9a-f])?[0-9a-f]{32}\\.(md|html)", Pattern.DOTALL);

    private int parts;
    private long entries;
    private long bytes;
    private long folders;
    private long noise;
    private long repeated;
    private long markdownPages;
    private long htmlPages;
    private long markdownFiles;
    private long htmlFiles;

    void part(Survey survey) {
        parts++;
        folders += survey.folders();
        noise += survey.noise();
    }

    void file(String name, long size) {
        entries++;
        bytes += size;
        String lower = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        boolean page = PAGE.matcher(lower).matches();
        if (lower.endsWith(".md")) {
            markdownFiles++;
            markdownPages += page ? 1 : 0;
        } else if (lower.endsWith(".html") && !name.equals("index.html")) {
            htmlFiles++;
            htmlPages += page ? 1 : 0;
        }
    }

    void repeated() {
        repeated++;
    }

    int parts() {
        return parts;
    }

    long entries() {
        return entries;
    }

    long bytes() {
        return bytes;
    }

    /** By the pages, which have an id in their names; attachments may be anything. */
    String format() {
        return markdownPages + htmlPages > 0 ? format(markdownPages, htmlPages) : format(markdownFiles, htmlFiles);
    }

    private static String format(long markdown, long html) {
        if (markdown > 0) {
            return html > 0 ? "mixed" : "markdown";
        }
        return html > 0 ? "html" : "unknown";
    }

    List<String> warnings(StoredPaths paths) {
        List<String> warnings = new ArrayList<>();
        if (noise > 0) {
            warnings.add("%,d files of Finder (__MACOSX, .DS_Store) were left out.".formatted(noise));
        }
        if (folders > 0) {
            warnings.add("%,d entries were folders; those that hold files were made.".formatted(folders));
        }
        if (repeated > 0) {
            warnings.add("%,d files were in two archives, with the same bytes.".formatted(repeated));
        }
        if (!paths.twins().isEmpty()) {
            warnings.add("%,d names equal others but for upper and lower case or the form of their letters: %s"
                    .formatted(paths.twins().size(), some(paths.twins())));
        }
        // The letters are the same in another normal form; nobody would see a difference.
        List<String> renamed = new ArrayList<>();
        paths.renamed().forEach((path, name) -> {
            if (!Normalizer.normalize(name, Normalizer.Form.NFC).equals(path)) {
                renamed.add(name);
            }
        });
        if (!renamed.isEmpty()) {
            warnings.add("%,d %s not be stored under %s: %s"
                    .formatted(
                            renamed.size(),
                            renamed.size() == 1 ? "file could" : "files could",
                            renamed.size() == 1 ? "its own name" : "their own names",
                            some(renamed)));
        }
        return warnings;
    }

    private static String some(Collection<String> names) {
        String some = names.stream().limit(SHOWN).map(Sizes::quoted).collect(Collectors.joining(", "));
        return names.size() > SHOWN ? some + " and others." : some + ".";
    }
}
