package dev.saddlebag.simulator;

import java.util.Map;
import java.util.Optional;

/**
 * A few files that this machine gives out as any other host would: the simulated Notion names them as external ones when
 * an edit says so. They need no signature, a query is no matter, and nothing of them expires.
 */
final class ExternalFiles {
    static final String FOLDER = "/external/";
    static final String PICTURE = FOLDER + "picture.png";
    static final String PAPER = FOLDER + "paper.pdf";
    static final String MOVED = FOLDER + "moved.png";
    static final String MISSING = FOLDER + "missing.png";

    private static final int OWNER = 63_000_000;

    private final Map<String, StoredFile> files;

    ExternalFiles(FileCatalogue catalogue) {
        this.files = Map.of(
                PICTURE, catalogue.file(OWNER, 0, StoredFile.Type.PNG, StoredFile.Size.SMALL),
                PAPER, catalogue.file(OWNER, 1, StoredFile.Type.PDF, StoredFile.Size.MEDIUM));
    }

    /** The file right at a path. */
    Optional<StoredFile> at(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** Where a path has moved to. */
    static Optional<String> movedTo(String path) {
        return path.equals(MOVED) ? Optional.of(PICTURE) : Optional.empty();
    }

    /** The file that a client gets who follows where the path leads; the path may have a query. */
    Optional<StoredFile> behind(String pathAndQuery) {
        String path = pathAndQuery.replaceFirst("\\?.*", "");
        return at(movedTo(path).orElse(path));
    }
}
