package dev.saddlebag.render;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A snapshot that has one page with a hostile title, one database, one person and one file. */
record SampleLinks(Map<String, String> fragments) implements Links {
    static final String SELF = "10000000-0000-4000-8000-000000000000";
    static final String PAGE = "20000000-0000-4000-8000-000000000001";
    static final String DATABASE = "20000000-0000-4000-8000-000000000002";
    static final String PERSON = "30000000-0000-4000-8000-000000000001";
    static final String FILE = "ab".repeat(32);

    @Override
    public Optional<Target> of(String id) {
        return switch (id) {
            case PAGE -> Optional.of(new Target("# New [title] | \"x\"", "../Other folder/New (title) 100%.md"));
            case DATABASE -> Optional.of(new Target("List", "List.md"));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<Person> person(String id) {
        return id.equals(PERSON) ? Optional.of(new Person(id, "Ada *Lovelace*", "ada@example.org")) : Optional.empty();
    }

    @Override
    public Optional<String> file(String sha256) {
        return sha256.equals(FILE) ? Optional.of("files/" + FILE + ".bin") : Optional.empty();
    }

    @Override
    public Optional<String> synced(String block) {
        return Optional.ofNullable(fragments.get(block));
    }

    @Override
    public List<Target> ancestors() {
        return List.of(new Target("Home", "../Home.md"), new Target("A / B", "../Home/A.md"));
    }
}
