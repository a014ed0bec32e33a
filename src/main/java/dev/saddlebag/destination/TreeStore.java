package dev.saddlebag.destination;

import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SortedMap;

/** Where the readable trees of one workspace go: what a destination knows that holds trees and no vault. */
public interface TreeStore {
    /**
     * Puts the tree of one snapshot, after those that were put before. One that is there already is accepted.
     *
     * @throws IOException with a sentence when it cannot be put; the destination is as it was
     */
    Planted put(Tree tree) throws IOException;

    /**
     * The snapshots whose trees are there, and how large each is in bytes.
     *
     * @throws IOException with a sentence when the destination does not answer, or holds what Saddlebag did not put there
     */
    SortedMap<RunId, Long> list() throws IOException;

    /**
     * The tree of one snapshot as a ZIP; to be closed.
     *
     * @throws java.nio.file.NoSuchFileException when it is not there
     */
    InputStream get(RunId run) throws IOException;

    /**
     * Fetches everything anew and compares it with the manifests of the vaults.
     *
     * @return what is wrong or worth knowing
     * @throws IOException when the destination does not answer, or is of a kind that cannot be compared
     */
    List<Finding> check(TreeCheck check) throws IOException;
}
