package dev.saddlebag.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Staging;
import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An export that a person has fetched, or found the link of. Whoever has the link has the workspace, so that it is kept for as
 * long as the run goes on and no longer.
 *
 * @param place the path of a file, or a web address
 */
public record Given(String place) {
    private static final String NOTE = "given";
    private static final String PLACE = "place";
    private static final Pattern WEB = Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE);

    /**
     * What was given in a word of the command line.
     *
     * @throws IllegalArgumentException when it is neither a web address nor a file that can be read
     */
    public static Given of(String place) {
        if (WEB.matcher(place).matches()) {
            if (link(place).isEmpty()) {
                throw new IllegalArgumentException(
                        "The link is no web address as it stands there; copy it once more, as a whole");
            }
            return new Given(place.strip());
        }
        Path file = Path.of(place).toAbsolutePath().normalize();
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            // Someone may have left out https:// before a link.
            throw new IllegalArgumentException("There is no file "
                    + file.toString().replaceFirst("\\?.*", "?...")
                    + ", or it cannot be read; give a ZIP that Notion made, or the link to it");
        }
        return new Given(file.toString());
    }

    /** What was given to the run in {@code staging}, until it is forgotten. */
    static Optional<Given> in(Staging staging) throws IOException {
        return staging.note(NOTE)
                .map(note -> note.path(PLACE).asText())
                .filter(place -> !place.isEmpty())
                .map(Given::new);
    }

    /** Notes it for the run in {@code staging}. */
    public void keep(Staging staging) throws IOException {
        ObjectNode note = Json.MAPPER.createObjectNode();
        staging.keepNote(NOTE, note.put(PLACE, place));
    }

    /** Takes the link out of what is kept of the run. A person who wants it to go on gives it again. */
    static void forget(Staging staging) throws IOException {
        if (in(staging).isPresent()) {
            staging.keepNote(NOTE, Json.MAPPER.createObjectNode());
        }
    }

    private static Optional<ExportLink> link(String place) {
        try {
            return Optional.of(ExportLink.parse(place));
        } catch (ExportRefusedException noLink) {
            return Optional.empty();
        }
    }

    private boolean isLink() {
        return WEB.matcher(place).matches();
    }

    /** What tells it from another one, and does not give it away: a hash of the link without its signature, or the path with size and time. */
    public String key() throws IOException {
        Optional<ExportLink> link = isLink() ? link(place) : Optional.empty();
        if (link.isPresent()) {
            return name() + " " + Hashes.of(link.get().key().getBytes(StandardCharsets.UTF_8));
        }
        Path file = Path.of(place);
        return file + " of " + Files.size(file) + " bytes, " + Files.getLastModifiedTime(file);
    }

    /** What people may see of it: of a link the host and the name of the file. */
    public String name() {
        return isLink()
                ? link(place).map(ExportLink::place).orElse("a link")
                : Path.of(place).getFileName().toString();
    }

    /**
     * Makes it the archive that is to be fetched: a file is read where it is; a link is followed. To a run that goes on, a link
     * that may have been signed anew is given once more.
     */
    void prepare(JobState state, Path folder) {
        if (state.given.isEmpty()) {
            JobState.Piece piece = new JobState.Piece();
            state.given = name();
            state.pieces.add(piece);
            piece.file = isLink() ? folder.resolve("001.zip").toString() : place;
            state.phase = JobState.Phase.DOWNLOAD;
        }
        if (isLink()) {
            state.pieces.stream().filter(piece -> !piece.done).forEach(piece -> piece.link = place);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
