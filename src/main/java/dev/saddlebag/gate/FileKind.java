package dev.saddlebag.gate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Sorts files by the end of their names: a workspace that loses all its images is in trouble, however many PDFs it has. */
enum FileKind {
    IMAGE("png", "jpg", "jpeg", "gif", "webp", "svg", "heic", "heif", "bmp", "tif", "tiff", "ico", "avif", "psd"),
    DOCUMENT(
            "pdf", "doc", "docx", "odt", "rtf", "txt", "md", "xls", "xlsx", "ods", "csv", "tsv", "ppt", "pptx", "odp",
            "key", "pages", "numbers", "epub", "html", "htm", "json", "xml", "yaml", "yml"),
    AUDIO("mp3", "wav", "ogg", "oga", "m4a", "aac", "flac", "opus", "aif", "aiff", "mid", "midi"),
    VIDEO("mp4", "mov", "webm", "mkv", "avi", "m4v", "wmv", "mpg", "mpeg", "flv"),
    ARCHIVE("zip", "7z", "rar", "gz", "tgz", "tar", "bz2", "xz", "zst", "dmg", "iso"),
    OTHER;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of gives one that nobody can change.
    private final Set<String> extensions;

    FileKind(String... extensions) {
        this.extensions = Set.of(extensions);
    }

    /** The kind of the file with this name, path or address without its query. */
    static FileKind of(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        String extension = last.substring(last.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> kind.extensions.contains(extension))
                .findFirst()
                .orElse(OTHER);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
