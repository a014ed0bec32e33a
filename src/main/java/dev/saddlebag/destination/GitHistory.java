package dev.saddlebag.destination;

import dev.saddlebag.vault.RunId;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The commits of a branch, each of which holds one snapshot, in the order of the runs.
 *
 * @param commits by run
 */
record GitHistory(SortedMap<RunId, Made> commits) {
    /** A commit of ours, and how large its files are together, in bytes. */
    record Made(ObjectId commit, long bytes) {}

    /**
     * Reads the history of {@code head} to its beginning.
     *
     * @throws ForeignHistoryException when it holds anything but commits of ours for {@code workspace}, one after another
     */
    static GitHistory of(Repository mirror, Optional<ObjectId> head, String workspace, String place)
            throws IOException {
        SortedMap<RunId, Made> commits = new TreeMap<>();
        if (head.isEmpty()) {
            return new GitHistory(commits);
        }
        try (RevWalk walk = new RevWalk(mirror)) {
            Optional<RevCommit> next = Optional.of(walk.parseCommit(head.get()));
            while (next.isPresent()) {
                RevCommit commit = next.get();
                RunId run = GitMessage.snapshot(commit, workspace)
                        .filter(snapshot -> commits.isEmpty() || snapshot.compareTo(commits.firstKey()) < 0)
                        .orElseThrow(() -> new ForeignHistoryException(place, foreign(commit)));
                if (commit.getParentCount() > 1) {
                    throw new ForeignHistoryException(place, foreign(commit));
                }
                commits.put(run, new Made(commit.copy(), GitMessage.bytes(commit)));
                next = commit.getParentCount() == 0
                        ? Optional.empty()
                        : Optional.of(walk.parseCommit(commit.getParent(0)));
                commit.disposeBody();
            }
        }
        return new GitHistory(commits);
    }

    private static String foreign(RevCommit commit) {
        return "holds the commit " + commit.abbreviate(10).name() + " (\"" + commit.getShortMessage() + "\" by "
                + commit.getAuthorIdent().getName() + "), which Saddlebag did not make for this workspace";
    }
}
