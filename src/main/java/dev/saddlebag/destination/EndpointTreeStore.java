package dev.saddlebag.destination;

import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Store.Stored;
import dev.saddlebag.vault.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The trees of one workspace behind a Camel endpoint; the verb and the name travel as headers. */
final class EndpointTreeStore implements TreeStore {
    private final EndpointVerbs verbs;
    private final String workspace;

    EndpointTreeStore(EndpointVerbs verbs, String workspace) {
        this.verbs = verbs;
        this.workspace = workspace;
    }

    /** A kind that does not say what it did has put the tree as a whole. */
    @Override
    public Planted put(Tree tree) throws IOException {
        Object told = verbs.ask("put", name(tree.run()), tree);
        return told instanceof Planted planted ? planted : Planted.unproven();
    }

    @Override
    @SuppressWarnings("unchecked")
    public SortedMap<RunId, Long> list() throws IOException {
        SortedMap<RunId, Long> runs = new TreeMap<>();
        for (Stored stored : (List<Stored>) verbs.ask("list", workspace, null)) {
            runs.put(RunId.parse(stored.name().substring(workspace.length() + 1)), stored.size());
        }
        return runs;
    }

    @Override
    public InputStream get(RunId run) throws IOException {
        Object found = verbs.ask("get", name(run), null);
        if (found == null) {
            throw new NoSuchFileException(name(run));
        }
        return verbs.stream(found);
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<Finding> check(TreeCheck check) throws IOException {
        if (verbs.ask("check", workspace, check) instanceof List<?> findings) {
            return (List<Finding>) findings;
        }
        throw new IOException("the kind of this destination has no verb check: what it holds cannot be compared");
    }

    private String name(RunId run) {
        return workspace + "/" + run;
    }
}
