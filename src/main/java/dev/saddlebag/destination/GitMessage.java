package dev.saddlebag.destination;

import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Tree;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/** The message of a commit: a line for people, and trailers by which a commit of ours is known again. */
final class GitMessage {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final String SNAPSHOT = "Saddlebag-Snapshot";
    private static final String WORKSPACE = "Saddlebag-Workspace";
    private static final String BYTES = "Saddlebag-Bytes";
    private static final String CONTENT = "Saddlebag-Content";

    private GitMessage() {}

    /**
     * The message for the snapshot of {@code tree}.
     *
     * @param content which files of the snapshot the commit holds
     * @param changed how many pages differ from the commit before; empty when there is none
     * @param files how many files the commit holds
     * @param bytes how large they are together
     */
    static String of(Tree tree, GitContent content, Optional<Integer> changed, long files, long bytes) {
        Long pages = tree.facts().counts().get("pages");
        String what =
                pages == null ? "%,d files".formatted(files) : pages == 1 ? "1 page" : "%,d pages".formatted(pages);
        return tree.workspace() + ", " + MINUTE.format(tree.run().started()) + ": " + what
                + changed.map(", %,d changed"::formatted).orElse(", the first snapshot here")
                + (tree.facts().complete() ? "" : ", partial")
                + "\n\n"
                + trailer(SNAPSHOT, tree.run())
                + trailer(WORKSPACE, tree.workspace())
                + trailer("Saddlebag-List-SHA256", tree.listSha256())
                + trailer("Saddlebag-Verdict", tree.facts().complete() ? "complete" : "partial")
                + trailer(CONTENT, content.word())
                + trailer("Saddlebag-Files", files)
                + trailer(BYTES, bytes);
    }

    private static String trailer(String key, Object value) {
        return key + ": " + value + "\n";
    }

    /** The snapshot that {@code commit} holds; empty when it is no commit of ours for {@code workspace}. */
    static Optional<RunId> snapshot(RevCommit commit, String workspace) {
        if (!only(commit, WORKSPACE).filter(workspace::equals).isPresent()) {
            return Optional.empty();
        }
        try {
            return only(commit, SNAPSHOT).map(RunId::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** How large the files in {@code commit} are together, as its message says. */
    static long bytes(RevCommit commit) {
        return only(commit, BYTES)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** Which files of its snapshot {@code commit} holds, as its message says. */
    static GitContent content(RevCommit commit) {
        return only(commit, CONTENT)
                .filter(GitContent.READABLE.word()::equals)
                .map(GitContent::parse)
                .orElse(GitContent.ALL);
    }

    private static Optional<String> only(RevCommit commit, String key) {
        List<String> values = commit.getFooterLines(key);
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }
}
