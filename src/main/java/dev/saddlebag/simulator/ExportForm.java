package dev.saddlebag.simulator;

import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the archives are like (facts/notion-export.md §2). Immutable.
 *
 * @param layout how folders are named
 * @param parts over how many parts the entries are spread, in turns; {@code index.html} is in the last
 * @param wrappers how many archives lie around the parts: 0, 1 or 2. With 0 each part is a download of its own, and only
 *     the Admin API tells of more than the first
 * @param decomposed whether names of entries are in the normal form NFD, as some genuine exports have them
 * @param dateTitles whether the seventh row of the first database is a date in words that depend on today
 * @param zip64 whether every entry is written as if it had more than 4 GiB
 * @param oddities what is wrong with or special about the archive
 */
public record ExportForm(
        Layout layout,
        int parts,
        int wrappers,
        boolean decomposed,
        boolean dateTitles,
        boolean zip64,
        Set<Oddity> oddities) {
    /** How folders are named. */
    public enum Layout {
        /** With title and id, as until autumn 2025. */
        FOLDERS_WITH_IDS,
        /** With the title alone. */
        PLAIN_FOLDERS
    }

    /** What an archive can have that an ordinary one has not. */
    public enum Oddity {
        /** Three parts, of which the second is not there. */
        MISSING_PART,
        /** An entry whose name leads out of the archive. */
        TRAVERSAL,
        /** An entry of which 256 MiB come out of a quarter of one. */
        BOMB,
        /** An attachment that is a good archive with pages and a part of its own. */
        ZIP_ATTACHMENT,
        /** An entry whose bytes do not fit its checksum. */
        DAMAGED_ENTRY,
        /** Two parts that hold different bytes under one name. */
        CONFLICTING_PARTS,
        /** No index.html. */
        NO_INDEX,
        /** index.html links to a page that is not there. */
        LOST_PAGE,
        /** A database whose table has more rows than there are pages of rows. */
        LOST_ROW,
        /** HTML where Markdown was asked for, and the other way round. */
        OTHER_FORMAT,
        /** index.html names another workspace. */
        OTHER_WORKSPACE,
        /** The first two pages at the top are not in, nor what is below them. */
        SMALLER,
        /** The last bytes of the archive are cut off. */
        TRUNCATED
    }

    /** The same archive with one more oddity. */
    public ExportForm withOddity(Oddity oddity) {
        return withOddities(Stream.concat(oddities.stream(), Stream.of(oddity)).collect(Collectors.toSet()));
    }

    /** As Notion makes it since autumn 2025. */
    public static ExportForm standard() {
        return new Builder().build();
    }

    public ExportForm withLayout(Layout newLayout) {
        return with(builder -> builder.layout = newLayout);
    }

    public ExportForm withParts(int newParts) {
        return with(builder -> builder.parts = newParts);
    }

    public ExportForm withWrappers(int newWrappers) {
        return with(builder -> builder.wrappers = newWrappers);
    }

    public ExportForm withDecomposed(boolean newDecomposed) {
        return with(builder -> builder.decomposed = newDecomposed);
    }

    public ExportForm withDateTitles(boolean newDateTitles) {
        return with(builder -> builder.dateTitles = newDateTitles);
    }

    public ExportForm withZip64(boolean newZip64) {
        return with(builder -> builder.zip64 = newZip64);
    }

    public ExportForm withOddities(Set<Oddity> newOddities) {
        return with(builder -> builder.oddities = newOddities);
    }

    private ExportForm with(Consumer<Builder> change) {
        var builder = new Builder(this);
        change.accept(builder);
        return builder.build();
    }

    private static final class Builder {
        private Layout layout = Layout.PLAIN_FOLDERS;
        private int parts = 1;
        private int wrappers = 1;
        private boolean decomposed = false;
        private boolean dateTitles = false;
        private boolean zip64 = false;
        private Set<Oddity> oddities = Set.of();

        private Builder() {}

        private Builder(ExportForm from) {
            layout = from.layout;
            parts = from.parts;
            wrappers = from.wrappers;
            decomposed = from.decomposed;
            dateTitles = from.dateTitles;
            zip64 = from.zip64;
            oddities = from.oddities;
        }

        private ExportForm build() {
            return new ExportForm(layout, parts, wrappers, decomposed, dateTitles, zip64, oddities);
        }
    }
}
