package dev.saddlebag.readable;

import dev.saddlebag.render.Links;
import dev.saddlebag.snapshot.ReadablePaths;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/** An object of a snapshot whose readable file is to be written in one format. */
public final class ReadableObject {
    private final ReadableTree tree;
    private final ReadableTree.Node node;
    private final String format;

    ReadableObject(ReadableTree tree, ReadableTree.Node node, String format) {
        this.tree = tree;
        this.node = node;
        this.format = format;
    }

    /** What writes a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes the whole of it. */
        void writeTo(Writer out) throws IOException;
    }

    /** Notion's word: {@code page}, {@code database} or {@code data_source}. */
    public String kind() {
        return node.ref().kind().word();
    }

    /** Dashed and lower-case. */
    public String id() {
        return node.ref().id();
    }

    public String title() {
        return node.title();
    }

    /** Where its JSON lies in the snapshot. */
    public String stored() {
        return node.ref().kind().path(id());
    }

    /** Where its readable files lie in the snapshot, without their endings. */
    public String path() {
        return node.path();
    }

    /**
     * What {@link Format#serialise} gave, with its placeholders.
     *
     * @throws IOException when the state directory does not have it any more
     */
    public String text() throws IOException {
        return tree.texts().text(tree.account(node), format);
    }

    /** Of a data source: what {@link Format#serialise} gave for each of its rows, from the oldest to the newest. */
    public Iterator<String> rows() {
        return tree.rows(id()).stream()
                .map(row -> tree.node(row).orElseThrow())
                .map(this::textOf)
                .filter(text -> !text.isEmpty())
                .iterator();
    }

    private String textOf(ReadableTree.Node other) {
        try {
            return tree.texts().text(tree.account(other), format);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    /** Whether people want to see what links to a page in the page. */
    public boolean showsBacklinks() {
        return tree.run().workspace().backlinks();
    }

    /** What the placeholders in it stand for, as seen from its place. */
    public Links links() {
        return new TreeLinks(tree, node);
    }

    /**
     * Writes a file of the object.
     *
     * @param ending of its name, with the dot: {@code .html}
     */
    public void write(String ending, Content content) throws IOException {
        Path file = tree.run().staging().tree().resolve(path() + ending);
        Files.createDirectories(file.getParent());
        try (Writer out = new OutputStreamWriter(
                new java.io.BufferedOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            content.writeTo(out);
        }
    }

    @Override
    public String toString() {
        return kind() + " " + id() + " in " + ReadablePaths.ROOT;
    }
}
