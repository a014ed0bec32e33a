package dev.saddlebag.destination;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;

/**
 * Makes git's trees of files that come in the order of a walk: each folder is written when the walk leaves it. In memory
 * are only the folders that are open.
 */
final class GitTreeBuilder {
    /** A file or folder; in git's order: as bytes, a folder as if its name ended with a slash. */
    private static final class Child {
        static final Comparator<Child> ORDER = Child::compare;

        private final byte[] name;
        private final FileMode mode;
        private final ObjectId id;

        Child(String name, FileMode mode, ObjectId id) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.mode = mode;
            this.id = id;
        }

        private static int compare(Child one, Child other) {
            int shared = Math.min(one.name.length, other.name.length);
            for (int i = 0; i < shared; i++) {
                if (one.name[i] != other.name[i]) {
                    return (one.name[i] & 0xff) - (other.name[i] & 0xff);
                }
            }
            return one.at(shared) - other.at(shared);
        }

        private int at(int position) {
            return position < name.length ? name[position] & 0xff : mode == FileMode.TREE ? '/' : 0;
        }
    }

    private record Folder(String name, List<Child> children) {}

    private final ObjectInserter inserter;
    private final Deque<Folder> open = new ArrayDeque<>();

    GitTreeBuilder(ObjectInserter inserter) {
        this.inserter = inserter;
        open.push(new Folder("", new ArrayList<>()));
    }

    /** Adds a file; those of one folder must follow one another. */
    void add(String path, ObjectId blob) throws IOException {
        String[] parts = path.split("/", -1);
        int shared = 0;
        List<Folder> from = new ArrayList<>(open);
        while (shared < parts.length - 1
                && shared < from.size() - 1
                && from.get(from.size() - 2 - shared).name().equals(parts[shared])) {
            shared++;
        }
        while (open.size() > shared + 1) {
            leave();
        }
        for (int i = shared; i < parts.length - 1; i++) {
            open.push(new Folder(parts[i], new ArrayList<>()));
        }
        open.element().children().add(new Child(parts[parts.length - 1], FileMode.REGULAR_FILE, blob));
    }

    /** Writes what is open yet, and gives the tree of the whole. */
    ObjectId finish() throws IOException {
        while (open.size() > 1) {
            leave();
        }
        return write(open.pop());
    }

    private void leave() throws IOException {
        Folder left = open.pop();
        ObjectId id = write(left);
        open.element().children().add(new Child(left.name(), FileMode.TREE, id));
    }

    private ObjectId write(Folder folder) throws IOException {
        List<Child> children = folder.children();
        children.sort(Child.ORDER);
        int size = children.stream()
                .mapToInt(child -> TreeFormatter.entrySize(child.mode, child.name.length))
                .sum();
        TreeFormatter formatter = new TreeFormatter(size);
        children.forEach(child -> formatter.append(child.name, child.mode, child.id));
        return formatter.insertTo(inserter);
    }
}
