package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.vault.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever needs another kind of destination adds one file and no line of Java. */
class NewKindTest {
    private static final String SHELF = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: shelf
            spec:
              definition:
                title: Shelf
                description: A folder over Camel's own file component; only the listing is Saddlebag's.
                required: [place]
                type: object
                properties:
                  place: { title: Place, type: string }
              template:
                beans:
                  - name: listing
                    type: "#class:dev.saddlebag.destination.Folder"
                    factoryMethod: at
                    constructors: { "0": "{{place}}" }
                from:
                  uri: kamelet:source
                  steps:
                    - choice:
                        when:
                          - simple: "${header.verb} == 'put'"
                            steps:
                              - convertBodyTo: { type: java.io.File }
                              - setHeader: { name: CamelFileName, simple: "${header.name}" }
                              - to: "file:{{place}}?tempPrefix=.part-"
                          - simple: "${header.verb} == 'get'"
                            steps:
                              - pollEnrich:
                                  simple: "file:{{place}}?recursive=true&antInclude=${header.name}&noop=true&idempotent=false"
                                  timeout: "0"
                          - simple: "${header.verb} == 'list'"
                            steps:
                              - bean: { ref: "{{listing}}", method: "list(${header.name})" }
                          - simple: "${header.verb} == 'delete'"
                            steps:
                              - pollEnrich:
                                  simple: "file:{{place}}?recursive=true&antInclude=${header.name}&delete=true"
                                  timeout: "0"
            """;

    private static final String PAINTED = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: painted
            spec:
              definition:
                title: Painted
                description: Lists what its beans were told.
                type: object
                properties:
                  colour: { title: Colour, type: string }
              template:
                beans:
                  - name: byProperties
                    type: "#class:dev.saddlebag.destination.NewKindTest$Told"
                    properties: { "options[colour]": "{{?colour}}" }
                  - name: byConstructor
                    type: "#class:dev.saddlebag.destination.NewKindTest$Told"
                    constructors: { "0": "{{?colour}}" }
                from:
                  uri: kamelet:source
                  steps:
                    - choice:
                        when:
                          - simple: "${header.name} == 'acme/properties'"
                            steps:
                              - bean: { ref: "{{byProperties}}", method: list }
                        otherwise:
                          steps:
                            - bean: { ref: "{{byConstructor}}", method: list }
            """;

    @TempDir
    Path home;

    private DestinationRoutes routes;

    @BeforeEach
    void open() throws IOException {
        Path kinds = Files.createDirectories(home.resolve("routes/destinations"));
        Files.writeString(kinds.resolve("shelf.kamelet.yaml"), SHELF);
        routes = DestinationRoutes.open(
                kinds, "shelf", Map.of("place", home.resolve("shelf").toString()));
    }

    @AfterEach
    void close() {
        routes.close();
    }

    @Test
    void a_kamelet_with_the_four_verbs_is_a_destination() throws Exception {
        Store vault = routes.vault();
        Path file = Files.writeString(home.resolve("local"), "the bytes");
        vault.put("meta/one.json", file);
        vault.put("meta/two.json", Files.writeString(home.resolve("local2"), ""));

        assertThat(home.resolve("shelf/acme/meta/one.json")).hasContent("the bytes");
        try (var in = vault.get("meta/one.json")) {
            assertThat(in).hasContent("the bytes");
        }
        assertThat(vault.list("meta"))
                .containsExactlyInAnyOrder(new Store.Stored("meta/one.json", 9), new Store.Stored("meta/two.json", 0));
        assertThat(vault.list("nothing")).isEmpty();

        vault.delete("meta/one.json");
        vault.delete("meta/one.json");
        assertThat(vault.list("meta")).containsExactly(new Store.Stored("meta/two.json", 0));
        assertThatThrownBy(() -> vault.get("meta/one.json")).isInstanceOf(NoSuchFileException.class);
        assertThat(file).exists();
    }

    @Test
    void an_option_that_can_be_left_out_needs_no_default() throws Exception {
        Path kinds = Files.createDirectories(home.resolve("optional"));
        Files.writeString(kinds.resolve("painted.kamelet.yaml"), PAINTED);

        try (DestinationRoutes without = DestinationRoutes.open(kinds, "painted", Map.of());
                DestinationRoutes with = DestinationRoutes.open(kinds, "painted", Map.of("colour", "red"))) {
            assertThat(told(without, "properties")).isEqualTo("{}");
            assertThat(told(without, "constructor")).isEqualTo("{given=}");
            assertThat(told(with, "properties")).isEqualTo("{colour=red}");
            assertThat(told(with, "constructor")).isEqualTo("{given=red}");
        }
    }

    private static String told(DestinationRoutes painted, String bean) throws IOException {
        return painted.vault().list(bean).get(0).name();
    }

    /** Lists the options that it was given, as if they were the name of a file. */
    public static final class Told {
        private final Map<String, Object> options = new HashMap<>();

        public Told() {}

        public Told(String given) {
            options.put("given", given);
        }

        public Map<String, Object> getOptions() {
            return options;
        }

        public List<Store.Stored> list() {
            return List.of(new Store.Stored("acme/" + options, 0));
        }
    }
}
