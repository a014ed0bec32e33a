package dev.saddlebag.difference;

import dev.saddlebag.render.Links;
import dev.saddlebag.render.Target;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What links show in a text that is to be compared. Both texts get the same titles, those of the newer snapshot: that a page
 * got another name is no change of all the pages that link to it.
 */
final class Titles implements Links {
    private final List<Places> places;

    Titles(Places newer, Places older) {
        this.places = List.of(newer, older);
    }

    @Override
    public Optional<Target> of(String id) {
        UUID uuid;
        try {
            uuid = UUID.fromString(id);
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
        return places.stream()
                .flatMap(all -> all.title(uuid).stream())
                .findFirst()
                .map(title -> new Target(title, id));
    }

    /** Another file at the same place is a change, and the same file at another place is none. */
    @Override
    public Optional<String> file(String sha256) {
        return Optional.of("files/" + sha256.substring(0, Math.min(12, sha256.length())));
    }

    /** What the original of a synced block shows is a change where the original stands. */
    @Override
    public Optional<String> synced(String block) {
        return Optional.of("*(the synced block " + block + ")*");
    }
}
