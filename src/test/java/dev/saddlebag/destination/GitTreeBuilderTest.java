package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.vault.Tree;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

class GitTreeBuilderTest {
    private final ObjectInserter ids =
            new InMemoryRepository(new DfsRepositoryDescription("trees")).newObjectInserter();

    @Property(tries = 300)
    void the_trees_are_those_that_gits_own_index_makes(@ForAll("trees") Set<String> paths) throws IOException {
        GitTreeBuilder builder = new GitTreeBuilder(ids);
        DirCacheBuilder index = DirCache.newInCore().builder();
        for (String path : paths) {
            builder.add(path, blob(path));
            DirCacheEntry entry = new DirCacheEntry(path);
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(blob(path));
            index.add(entry);
        }
        index.finish();

        assertThat(builder.finish()).isEqualTo(index.getDirCache().writeTree(ids));
    }

    private ObjectId blob(String path) {
        return ids.idFor(Constants.OBJ_BLOB, path.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<Set<String>> trees() {
        Arbitrary<String> name =
                Arbitraries.of("a", "b", "a-", "a.md", "a0", "a b", "ä", "日本", "🎒", "\uffee", "-", "!", "~", "files");
        Arbitrary<String> path = name.list().ofMinSize(1).ofMaxSize(4).map(parts -> String.join("/", parts));
        return path.list().ofMaxSize(40).map(GitTreeBuilderTest::possible);
    }

    /** No path is the folder of another. */
    private static Set<String> possible(List<String> paths) {
        Set<String> folders = new HashSet<>();
        for (String path : paths) {
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                folders.add(path.substring(0, slash));
            }
        }
        Set<String> sorted = new TreeSet<>(Tree.ORDER);
        paths.stream().filter(path -> !folders.contains(path)).forEach(sorted::add);
        return sorted;
    }
}
