package dev.saddlebag.difference;

import dev.saddlebag.snapshot.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** Where the objects of one snapshot stand: their titles and parents, of which 100,000 take some 20 MB. */
final class Places {
    private static final String UNKNOWN = "…";

    private record Place(Kind kind, String title, UUID parent) {}

    private final Map<UUID, Place> places = new HashMap<>();
    private final Map<UUID, UUID> blocks = new HashMap<>();

    void add(Listed listed) {
        if (listed.object().kind() != Kind.VIEW) {
            places.put(listed.id(), new Place(listed.object().kind(), listed.title(), listed.parent()));
        }
    }

    /** Notes on which page a block stands. */
    void add(UUID block, UUID page) {
        blocks.put(block, page);
    }

    Optional<String> title(UUID id) {
        return Optional.ofNullable(places.get(id)).map(Place::title);
    }

    /** The page or database that an object with this parent stands in; empty at the top, and where it is not known. */
    Optional<UUID> container(UUID parent) {
        UUID known = parent == null ? null : blocks.getOrDefault(parent, parent);
        Place place = places.get(known);
        if (place != null && place.kind() == Kind.DATA_SOURCE && places.containsKey(place.parent())) {
            return Optional.of(place.parent());
        }
        return place == null ? Optional.empty() : Optional.of(known);
    }

    /** The data source or database that an object with this parent is a row of. */
    boolean holdsRows(UUID parent) {
        Place place = parent == null ? null : places.get(parent);
        return place != null && (place.kind() == Kind.DATA_SOURCE || place.kind() == Kind.DATABASE);
    }

    /** The titles from the top of the workspace to an object; they begin with an ellipsis where the top is not known, or parents form a ring. */
    List<String> trail(Listed listed) {
        return trail(listed.title(), listed.parent());
    }

    /** Whether a page or database has this id. */
    boolean has(UUID id) {
        return places.containsKey(id);
    }

    /** Whether the trail of a page or database is like this. */
    boolean hasTrail(Predicate<List<String>> like) {
        return places.values().stream().anyMatch(place -> like.test(trail(place.title(), place.parent())));
    }

    private List<String> trail(String title, UUID above) {
        List<String> trail = new ArrayList<>();
        trail.add(shown(title));
        UUID parent = above;
        Set<UUID> met = new HashSet<>();
        while (parent != null) {
            Optional<UUID> container = container(parent);
            if (container.isEmpty() || !met.add(container.get())) {
                trail.add(UNKNOWN);
                break;
            }
            Place place = places.get(container.get());
            trail.add(shown(place.title()));
            parent = place.parent();
        }
        Collections.reverse(trail);
        return List.copyOf(trail);
    }

    /** Whether an object is {@code root} or stands below it. */
    boolean isBelow(Listed listed, UUID root) {
        if (listed.id().equals(root)) {
            return true;
        }
        Set<UUID> met = new HashSet<>();
        UUID at = listed.parent();
        while (at != null && met.add(at)) {
            UUID known = blocks.getOrDefault(at, at);
            if (known.equals(root)) {
                return true;
            }
            at = Optional.ofNullable(places.get(known)).map(Place::parent).orElse(null);
        }
        return false;
    }

    private static String shown(String title) {
        return title.isBlank() ? "Untitled" : title;
    }
}
