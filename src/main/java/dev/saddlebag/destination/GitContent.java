package dev.saddlebag.destination;

import dev.saddlebag.vault.Entries;
import dev.saddlebag.vault.Entry;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Which files of a snapshot its commit holds. */
enum GitContent {
    /** The readable pages and the files that they show, so that a commit shows what people have edited and nothing else. */
    READABLE {
        @Override
        boolean holds(String path) {
            return path.startsWith(PAGES) || path.startsWith("files/");
        }

        @Override
        String pages() {
            return "pages";
        }
    },
    /**
     * The books and the objects as Notion gave them as well. The originals of an export are not: their names change from one
     * export to the next although nobody edited anything, and the vaults have them.
     */
    ALL {
        @Override
        boolean holds(String path) {
            return !path.startsWith("export/");
        }

        @Override
        String pages() {
            return "objects/pages";
        }
    };

    private static final String PAGES = "pages/";

    abstract boolean holds(String path);

    /** The folder whose files tell how many pages differ. */
    abstract String pages();

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when it is neither */
    static GitContent parse(String word) {
        for (GitContent content : values()) {
            if (content.word().equals(word)) {
                return content;
            }
        }
        throw new IllegalArgumentException("the option content must be readable or all");
    }

    /** This, or {@link #ALL} for a snapshot that has no readable pages. */
    GitContent in(Entries entries) throws IOException {
        for (Optional<Entry> entry = entries.next(); entry.isPresent(); entry = entries.next()) {
            if (entry.get().path().startsWith(PAGES)) {
                return this;
            }
        }
        return ALL;
    }
}
