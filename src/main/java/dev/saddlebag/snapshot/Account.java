package dev.saddlebag.snapshot;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the books of a run say of one object: its final state, and what the next run needs to know of it without having
 * its content.
 *
 * @param read when it was read from Notion, to the second; null when it never was
 * @param edited its {@code last_edited_time} as Notion showed it; null when it has none
 * @param whole whether nothing of it is missing but what Notion withholds
 * @param shown the hash of the object as a listing shows it, without what changes at every read; null when no listing does
 * @param searched whether search shows it; what search does not show must be looked at by other ways
 * @param blocks how many blocks it has
 * @param comments how many comments are stored with it
 * @param requests how many requests it took to read it
 * @param parent the object that it belongs to, where Notion says so directly; null otherwise
 * @param block the block that it stands in, where Notion says that instead; null otherwise
 * @param children pages and databases that stand in it, or the data sources of a database
 * @param references what else it names: mentions, relations, links, originals of synced blocks; only until the run is over
 * @param originals the blocks in it that other pages show synced copies of
 * @param vanished what stood in it when an earlier run read it, and does no longer
 * @param files the files that it names and that the snapshot holds
 * @param gaps what of it is missing
 * @param unknown what of it this version does not know, one name each time it occurs; it is kept all the same
 * @param line its line in the catalogue; null when the snapshot does not hold it
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Account(
        ObjectRef object,
        State state,
        String read,
        String edited,
        boolean whole,
        String shown,
        boolean searched,
        long blocks,
        long comments,
        long requests,
        ObjectRef parent,
        String block,
        List<ObjectRef> children,
        List<ObjectRef> references,
        List<ObjectRef> originals,
        List<ObjectRef> vanished,
        List<NamedFile> files,
        List<Gap> gaps,
        List<String> unknown,
        ObjectNode line) {

    /**
     * A file with the address that names it for good.
     *
     * @param path the address without what changes at every read
     */
    public record NamedFile(
            String path, @JsonProperty("sha256") String sha256, long size) {
        /** The bytes that it has. */
        public StoredFile stored() {
            return new StoredFile(sha256, size);
        }
    }

    public Account {
        children = copy(children);
        references = copy(references);
        originals = copy(originals);
        vanished = copy(vanished);
        files = copy(files);
        gaps = copy(gaps);
        unknown = copy(unknown);
    }

    private static <T> List<T> copy(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** The account of an object that the snapshot does not hold. */
    public static Account without(ObjectRef object, State state, String read, long requests, List<Gap> gaps) {
        return new Account(
                object,
                state,
                read,
                null,
                state != State.FAILED,
                null,
                false,
                0,
                0,
                requests,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                gaps,
                List.of(),
                null);
    }

    /** The same in a later run that did not read it again. */
    public Account carriedOver() {
        State now = state == State.COLLECTED ? State.CARRIED_OVER : state;
        return new Account(
                object, now, read, edited, whole, shown, searched, blocks, comments, requests, parent, block, children,
                List.of(), originals, List.of(), files, gaps, unknown, line);
    }

    /** The same with what a look at it, which did not read it again, has shown. */
    public Account with(List<ObjectRef> nowVanished, List<Gap> furtherGaps) {
        List<Gap> allGaps = Stream.concat(gaps.stream(), furtherGaps.stream()).toList();
        boolean stillWhole =
                whole && furtherGaps.stream().noneMatch(gap -> gap.reason().isFault());
        return new Account(
                object,
                state,
                read,
                edited,
                stillWhole,
                shown,
                searched,
                blocks,
                comments,
                requests,
                parent,
                block,
                children,
                references,
                originals,
                nowVanished,
                files,
                allGaps,
                unknown,
                line);
    }

    /** The same with other files, and the line in the catalogue that names them. */
    public Account holding(List<NamedFile> otherFiles, ObjectNode otherLine) {
        return new Account(
                object,
                state,
                read,
                edited,
                whole,
                shown,
                searched,
                blocks,
                comments,
                requests,
                parent,
                block,
                children,
                references,
                originals,
                vanished,
                otherFiles,
                gaps,
                unknown,
                otherLine);
    }

    /** The same object, found to be gone. */
    public Account gone(State why) {
        return without(object, why, read, 0, List.of());
    }

    /** Whether it need not be read again for any fault of its own. */
    @JsonIgnore
    public boolean isSettled() {
        return whole && state != State.FAILED;
    }
}
