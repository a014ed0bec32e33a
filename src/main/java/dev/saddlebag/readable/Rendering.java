package dev.saddlebag.readable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.notion.Json;
import dev.saddlebag.render.Document;
import dev.saddlebag.render.DocumentReader;
import dev.saddlebag.render.Rendered;
import dev.saddlebag.snapshot.Accepted;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Accounts;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.ReadablePaths;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.StagingException;
import dev.saddlebag.vault.Entries;
import dev.saddlebag.vault.Sealed;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps that make the readable files of a snapshot. */
public final class Rendering {
    private static final Logger LOG = LoggerFactory.getLogger(Rendering.class);

    private final Path stateDirectory;
    private final Vaults vaults;
    private final DocumentReader reader = new DocumentReader();

    public Rendering(Path stateDirectory, Vaults vaults) {
        this.stateDirectory = stateDirectory;
        this.vaults = vaults;
    }

    /**
     * Clears what a run that was broken off has left of its readable files.
     *
     * @return for what cannot be written in this run
     */
    public Unwritten begin(Run run) throws StagingException {
        Path pages = run.staging().tree().resolve(ReadablePaths.ROOT);
        try {
            if (Files.exists(pages)) {
                PathUtils.deleteDirectory(pages);
            }
        } catch (IOException disk) {
            throw new StagingException("What a broken run left in " + pages + " cannot be deleted", disk);
        }
        return new Unwritten();
    }

    /** The objects that were read anew and of which there is no text yet. */
    public Iterator<Account> unread(Run run) {
        RenderedTexts texts = texts(run);
        List<String> formats = run.workspace().formats();
        Accounts accounts = run.ledger().accounts();
        List<ObjectRef> objects = Stream.of(Kind.PAGE, Kind.DATABASE, Kind.DATA_SOURCE)
                .flatMap(kind -> accounts.objects(kind).stream())
                .toList();
        // An iterator of a stream holds whatever one element was mapped to, so each must be mapped to little.
        return objects.stream()
                .flatMap(object -> accounts.of(object).stream())
                .filter(RenderedTexts::isReadable)
                .filter(account -> !texts.has(account, formats))
                .iterator();
    }

    /** Reads an object that lies in staging. One that cannot be understood becomes a document that says so. */
    public Document read(Run run, Account object, Unwritten unwritten) throws StagingException {
        Path file = run.staging().tree().resolve(object.line().path("path").asText());
        JsonNode stored;
        try {
            stored = Json.MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException disk) {
            throw new StagingException(object.object() + " cannot be read back", disk);
        }
        try {
            return reader.read(stored);
        } catch (RuntimeException | StackOverflowError mistake) {
            LOG.warn(
                    "{} is kept whole in {}, but this version cannot make a readable file of it.",
                    object.object(),
                    object.line().path("path").asText(),
                    mistake);
            unwritten.add(object.object(), title(object));
            return Unreadable.document(object);
        }
    }

    /** What becomes of an object that a format cannot write: nothing, a word in the log, and one for the gate. */
    public Rendered cannot(Account object, String format, Throwable mistake, Unwritten unwritten) {
        LOG.warn(
                "{} is kept whole in {}, but cannot be written as {}.",
                object.object(),
                object.line().path("path").asText(),
                format,
                mistake);
        unwritten.add(object.object(), title(object));
        return Rendered.NOTHING;
    }

    private static String title(Account object) {
        return object.line().path("title").asText();
    }

    /** Keeps the text of an object. */
    public void keep(Run run, Account object, String format, Rendered rendered) throws StagingException {
        try {
            texts(run).keep(object, format, rendered);
        } catch (IOException disk) {
            throw new StagingException("The text of " + object.object() + " cannot be kept", disk);
        }
    }

    /** What is to be written: all objects of the snapshot with what they need to know of each other. */
    public ReadableTree tree(Run run) throws StagingException {
        try {
            Optional<Sealed> parent = run.base().isPresent()
                    ? vaults.spool(run.workspace().name()).baseline()
                    : Optional.empty();
            try (Entries entries = parent.isPresent() ? parent.get().entries() : null) {
                return ReadableTree.of(run, texts(run), entries);
            }
        } catch (IOException disk) {
            throw new StagingException("The places of the readable files cannot be computed", disk);
        }
    }

    /** Every object of the tree. */
    public Iterator<ReadableTree.Node> objects(ReadableTree tree) {
        return tree.all().iterator();
    }

    /** An object of the tree, to be written in a format. */
    public ReadableObject object(ReadableTree tree, ReadableTree.Node node, String format) {
        return new ReadableObject(tree, node, format);
    }

    /**
     * What becomes of an object whose file a format cannot write: a word in the log, and one for the gate.
     *
     * @throws IOException when that is no mistake of the format
     */
    public void cannotPlace(ReadableTree.Node node, String format, Throwable mistake, Unwritten unwritten)
            throws IOException {
        if (mistake instanceof UncheckedIOException disk) {
            throw disk.getCause();
        }
        LOG.warn("{} cannot be placed as {}.", node.path(), format, mistake);
        unwritten.add(node.ref(), node.title());
    }

    /** Says in the catalogue where the readable files lie, and tells the gate of those that are missing. */
    public void finish(Run run, ReadableTree tree, Unwritten unwritten) throws StagingException {
        unwritten.sentence().ifPresent(sentence -> run.observed().warn("readable-files", sentence));
        Path catalogue = run.staging().tree().resolve("catalogue.jsonl");
        try {
            Path temporary = run.staging().temporary("catalogue.jsonl");
            try (BufferedReader in = Files.newBufferedReader(catalogue);
                    BufferedWriter out = Files.newBufferedWriter(temporary)) {
                for (String text = in.readLine(); text != null; text = in.readLine()) {
                    ObjectNode line = (ObjectNode) Json.MAPPER.readTree(text);
                    tree.node(line.path("id").asText())
                            .filter(node -> node.ref()
                                    .kind()
                                    .word()
                                    .equals(line.path("type").asText()))
                            .ifPresent(node -> line.put("readable", node.path()));
                    out.write(Json.MAPPER.writeValueAsString(line));
                    out.write('\n');
                }
            }
            Files.move(temporary, catalogue, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException disk) {
            throw new StagingException("The catalogue cannot be written", disk);
        }
    }

    /** Deletes the texts that the snapshot, which has just become the newest, does not have. */
    public void tidy(Run run) {
        if (run.source() != Source.API) {
            return;
        }
        String name = run.workspace().name();
        try {
            Optional<Accepted> accepted =
                    Accepted.of(stateDirectory.resolve(name), run.id().value());
            if (accepted.isPresent()) {
                texts(run).keepOnly(accepted.get().accounts(), run.workspace().formats());
            }
        } catch (IOException disk) {
            LOG.warn(
                    "{}: texts that are needed no more could not be deleted from the state directory: {}",
                    name,
                    disk.getMessage());
        }
    }

    private RenderedTexts texts(Run run) {
        return new RenderedTexts(stateDirectory.resolve(run.workspace().name()));
    }
}
