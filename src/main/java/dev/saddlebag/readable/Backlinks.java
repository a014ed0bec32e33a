package dev.saddlebag.readable;

import dev.saddlebag.render.Placeholders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which objects of a snapshot link to which, or name them in a property. They are found in the texts that are kept of each
 * object, and only when somebody asks, since that reads all of them. What only shows where an object stands is no link.
 */
final class Backlinks {
    private final Map<String, List<ReadableTree.Node>> sources = new HashMap<>();

    private Backlinks() {}

    static Backlinks of(ReadableTree tree) throws IOException {
        Backlinks backlinks = new Backlinks();
        List<ReadableTree.Node> nodes = new ArrayList<>(tree.all());
        nodes.sort(Comparator.comparing(ReadableTree.Node::path));
        for (ReadableTree.Node node : nodes) {
            TreeSet<String> targets = new TreeSet<>();
            for (String format : tree.run().workspace().formats()) {
                targets.addAll(Placeholders.targets(tree.texts().text(tree.account(node), format)));
            }
            for (String target : targets) {
                tree.node(target)
                        .filter(linked -> isBacklink(node, linked))
                        .ifPresent(linked -> backlinks
                                .sources
                                .computeIfAbsent(linked.ref().id(), id -> new ArrayList<>(1))
                                .add(node));
            }
        }
        return backlinks;
    }

    private static boolean isBacklink(ReadableTree.Node from, ReadableTree.Node to) {
        return !from.equals(to)
                && !from.ref().id().equals(to.owner())
                && !to.ref().id().equals(from.owner());
    }

    /** What links to an object, by path. */
    List<ReadableTree.Node> to(ReadableTree.Node node) {
        return sources.getOrDefault(node.ref().id(), List.of());
    }
}
