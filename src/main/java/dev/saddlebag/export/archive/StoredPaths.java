package dev.saddlebag.export.archive;

import dev.saddlebag.export.archive.ArchiveRefusedException.Remedy;
import dev.saddlebag.vault.HashTable;
import dev.saddlebag.vault.Hashes;
import dev.saddlebag.vault.PathRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Says where each entry is stored, and makes the folders for it. No two entries get one path, not even on a disk that does
 * not tell upper and lower case apart, and every path is one that the vault takes. Costs some 80 bytes of memory an entry.
 */
final class StoredPaths {
    private static final int RECENT = 64;

    private final Path root;
    private final Room room;

    /** Under the name of an entry: the number of the archive in which it was first. */
    private final HashTable archives = new HashTable();

    /** Under a path without regard to case: which file or folder has taken it. */
    private final HashTable taken = new HashTable();

    private final Map<String, String> folders = new LinkedHashMap<>(16, 0.75f, true);
    private final SortedMap<String, String> renamed = new TreeMap<>();
    private final Set<String> twins = new LinkedHashSet<>();

    /**
     * @param path where the entry is stored, below the root
     * @param again whether an earlier archive had the same path: its file is there already
     */
    record Place(String path, boolean again) {}

    StoredPaths(Path root, Room room) {
        this.root = root;
        this.room = room;
    }

    /**
     * @param archive the number of the archive, from 1 on
     * @param name the name of the entry without the wrapper folder
     */
    Place place(ZipBytes zip, int archive, String name) throws IOException {
        long key = key(name);
        long first = archives.get(key, 0);
        if (first == archive) {
            throw refused(zip, name, "is there twice", Remedy.HOSTILE);
        }
        archives.putIfAbsent(key, archive);
        int slash = name.lastIndexOf('/');
        String folder = slash < 0 ? "" : folder(zip, name.substring(0, slash));
        String plain = EntryName.portablePart(name.substring(slash + 1));
        String path = free(zip, name, folder, plain, key, key(name + "/"));
        if (!path.equals(name)) {
            renamed.put(path, name);
        }
        return new Place(path, first != 0);
    }

    /** What could not be stored under its own name. */
    SortedMap<String, String> renamed() {
        return renamed;
    }

    /** What equals another name but for upper and lower case, or the form of its letters. */
    Set<String> twins() {
        return twins;
    }

    private String free(ZipBytes zip, String name, String folder, String plain, long key, long folderKey)
            throws IOException {
        String path = folder + plain;
        long owner = taken.get(key(PathRule.fold(path)), 0);
        if (owner == folderKey) {
            throw refused(zip, name, "is a file where another entry needs a folder", Remedy.HOSTILE);
        }
        if (owner != 0 && owner != key) {
            twins.add(name);
            path = folder + EntryName.marked(plain, name);
            owner = taken.get(key(PathRule.fold(path)), 0);
        }
        if (owner != 0 && owner != key) {
            throw refused(zip, name, "has a name that cannot be told from another", Remedy.HOSTILE);
        }
        taken.putIfAbsent(key(PathRule.fold(path)), key);
        return path;
    }

    /** Where the folder is stored, with a slash at its end. */
    private String folder(ZipBytes zip, String name) throws IOException {
        String known = folders.get(name);
        if (known != null) {
            return known;
        }
        int slash = name.lastIndexOf('/');
        String parent = slash < 0 ? "" : folder(zip, name.substring(0, slash));
        String plain = EntryName.portablePart(name.substring(slash + 1));
        long key = key(name + "/");
        if (archives.get(key(name), 0) != 0) {
            throw refused(zip, name, "is a folder where another entry is a file", Remedy.HOSTILE);
        }
        String path = parent + plain;
        long folded = key(PathRule.fold(path) + "/");
        if (taken.get(folded, 0) == 0 && taken.get(key(PathRule.fold(path)), 0) != 0) {
            // A file has the name but for upper and lower case.
            twins.add(name);
            path = parent + EntryName.marked(plain, name + "/");
            folded = key(PathRule.fold(path) + "/");
        }
        make(root.resolve(path));
        taken.putIfAbsent(key(PathRule.fold(path)), key);
        taken.putIfAbsent(folded, key);
        folders.put(name, path + "/");
        if (folders.size() > RECENT) {
            folders.remove(folders.keySet().iterator().next());
        }
        return path + "/";
    }

    private void make(Path folder) throws IOException {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder);
            }
        } catch (IOException e) {
            throw room.explained(folder, e);
        }
    }

    private static ArchiveRefusedException refused(ZipBytes zip, String name, String what, Remedy remedy) {
        return zip.refused("is refused: its entry " + Sizes.quoted(name) + " " + what, remedy);
    }

    private static long key(String text) {
        long key = Hashes.prefix(text);
        return key == 0 ? 1 : key;
    }
}
