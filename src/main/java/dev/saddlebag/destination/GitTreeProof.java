package dev.saddlebag.destination;

import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Proves that a tree which was written holds the files of a manifest and no others. The two come in different orders, so
 * the hashes of all files are put together in a way that knows no order, and takes the memory of one.
 */
final class GitTreeProof {
    private final Repository mirror;
    private final MessageDigest digest = Hashes.sha256();
    private final byte[] expected = new byte[32];

    GitTreeProof(Repository mirror) {
        this.mirror = mirror;
    }

    /** The tree must hold this file. */
    void expect(String path, ObjectId blob) {
        put(path, blob, expected);
    }

    /** @throws IOException when {@code root}, as it can be read back, is not the tree that was expected */
    void compare(ObjectId root) throws IOException {
        byte[] found = new byte[32];
        try (TreeWalk walk = new TreeWalk(mirror)) {
            walk.addTree(root);
            walk.setRecursive(true);
            while (walk.next()) {
                if (!walk.getPathString().equals(GitCommit.LEFT_OUT)) {
                    put(walk.getPathString(), walk.getObjectId(0), found);
                }
            }
        }
        if (!Arrays.equals(found, expected)) {
            throw new IOException(
                    "the tree " + root.name()
                            + " was written to this disk and reads back as another. Nothing was pushed. Test the disk and the memory");
        }
    }

    private void put(String path, ObjectId blob, byte[] sum) {
        byte[] hash = digest.digest((blob.name() + path).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < sum.length; i++) {
            sum[i] ^= hash[i];
        }
    }
}
