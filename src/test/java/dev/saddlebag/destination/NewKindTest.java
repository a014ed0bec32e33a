package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.vault.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
}
