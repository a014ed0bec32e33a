package dev.saddlebag.readable;

import dev.saddlebag.render.Links;
import dev.saddlebag.render.Person;
import dev.saddlebag.render.Target;
import dev.saddlebag.snapshot.ReadablePaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The links of a tree, as seen from the place of one of its objects. */
final class TreeLinks implements Links {
    private final ReadableTree tree;
    private final ReadableTree.Node here;

    TreeLinks(ReadableTree tree, ReadableTree.Node here) {
        this.tree = tree;
        this.here = here;
    }

    @Override
    public Optional<Target> of(String id) {
        return tree.node(id).map(this::target);
    }

    private Target target(ReadableTree.Node node) {
        return new Target(node.title(), ReadablePaths.relative(here.path(), node.path() + ".md"));
    }

    @Override
    public Optional<Person> person(String id) {
        return tree.person(id);
    }

    @Override
    public Optional<String> file(String sha256) {
        return tree.file(sha256).map(path -> ReadablePaths.relative(here.path(), path));
    }

    @Override
    public Optional<String> synced(String block) {
        try {
            return tree.synced(block);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    @Override
    public List<Target> backlinks() {
        try {
            return tree.backlinks(here).stream().map(this::target).toList();
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    @Override
    public List<Target> ancestors() {
        Deque<Target> above = new ArrayDeque<>();
        Set<String> seen = new HashSet<>(Set.of(here.ref().id()));
        String owner = here.owner();
        while (owner != null && seen.add(owner)) {
            Optional<ReadableTree.Node> node = tree.node(owner);
            node.map(this::target).ifPresent(above::addFirst);
            owner = node.map(ReadableTree.Node::owner).orElse(null);
        }
        return List.copyOf(above);
    }
}
