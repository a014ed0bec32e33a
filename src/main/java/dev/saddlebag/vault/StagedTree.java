package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Walks a staged tree in the order of a manifest; holds the names of one folder at a time. */
final class StagedTree {
    private final Path root;

    StagedTree(Path root) {
        this.root = root;
    }

    /** What is done with each file. */
    @FunctionalInterface
    interface Visitor {
        void visit(String path, Path file, long size) throws IOException;
    }

    void walk(Visitor visitor) throws IOException {
        walk(root, "", visitor);
    }

    private void walk(Path folder, String prefix, Visitor visitor) throws IOException {
        for (var name : names(folder)) {
            var path = prefix + name;
            var file = folder.resolve(name);
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                walk(file, path + "/", visitor);
            } else if (attributes.isRegularFile()) {
                visitor.visit(path, file, attributes.size());
            } else {
                throw new IOException("the staged tree " + root + " has \"" + path
                        + "\", which is neither a file nor a folder: a snapshot holds nothing else");
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (var listing = Files.newDirectoryStream(folder)) {
            listing.forEach(path -> names.add(path.getFileName().toString()));
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(PathRule.ORDER);
        return names;
    }
}
