package dev.saddlebag.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An export that a person has fetched, or found the link of.
 *
 * @param place the path of a file, or a web address
 */
public record Given(String place) {
    private static final String NOTE = "given";
    private static final Pattern WEB = Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE);

    /**
     * What was given in a word of the command line.
     *
     * @throws IllegalArgumentException when it is neither a web address nor a file that can be read
     */
    public static Given of(String place) {
        if (WEB.matcher(place).matches()) {
            return new Given(place);
        }
        Path file = Path.of(place).toAbsolutePath().normalize();
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("There is no file " + file
                    + ", or it cannot be read; give a ZIP that Notion made, or the link to it");
        }
        return new Given(file.toString());
    }

    /** What was given to the run in {@code staging}. */
    static Optional<Given> in(Staging staging) throws IOException {
        return staging.note(NOTE).map(note -> new Given(note.path("place").asText()));
    }

    /** Notes it for the run in {@code staging}. */
    public void keep(Staging staging) throws IOException {
        ObjectNode note = Json.MAPPER.createObjectNode();
        staging.keepNote(NOTE, note.put("place", place));
    }

    private boolean isLink() {
        return WEB.matcher(place).matches();
    }

    /** What tells it from another one: the address without its signature, or the path with size and time. */
    public String key() throws IOException {
        if (isLink()) {
            return name();
        }
        Path file = Path.of(place);
        return file + " of " + Files.size(file) + " bytes, " + Files.getLastModifiedTime(file);
    }

    /** What people may see of it. */
    public String name() {
        return isLink()
                ? place.replaceFirst("[?#].*", "")
                : Path.of(place).getFileName().toString();
    }

    /** A file is read where it is; a link is followed. */
    void prepare(JobState state, Path folder) {
        JobState.Piece piece = new JobState.Piece();
        state.given = name();
        state.pieces.add(piece);
        if (isLink()) {
            piece.link = place;
            piece.file = folder.resolve("001.zip").toString();
            state.phase = JobState.Phase.DOWNLOAD;
        } else {
            piece.file = place;
            piece.done = true;
            state.phase = JobState.Phase.DONE;
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
