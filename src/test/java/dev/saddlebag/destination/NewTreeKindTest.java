package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.configuration.DestinationSettings;
import dev.saddlebag.configuration.Holds;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.Tools;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another kind of destination that holds trees is one file too, and no line of Java. */
class NewTreeKindTest {
    private static final String ARCHIVE = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: archive
              labels:
                saddlebag.dev/holds: tree
            spec:
              definition:
                title: Archive
                description: A ZIP for each snapshot, over Camel's own file component; only the listing is Saddlebag's.
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
                              - setHeader: { name: CamelFileName, simple: "${header.name}" }
                              - setBody: { simple: "${body.zip}" }
                              - to: "file:{{place}}?tempPrefix=.part-"
                          - simple: "${header.verb} == 'get'"
                            steps:
                              - pollEnrich:
                                  simple: "file:{{place}}?recursive=true&antInclude=${header.name}&noop=true&idempotent=false"
                                  timeout: "0"
                          - simple: "${header.verb} == 'list'"
                            steps:
                              - bean: { ref: "{{listing}}", method: "list(${header.name})" }
            """;

    @TempDir
    Path home;

    @Test
    void a_kamelet_with_three_verbs_is_a_destination_for_trees() throws Exception {
        Path kinds = Files.createDirectories(home.resolve("routes/destinations"));
        Files.writeString(kinds.resolve("archive.kamelet.yaml"), ARCHIVE);
        TreeWorkshop workshop = new TreeWorkshop(home, "acme");
        Sealed first = workshop.seal(TreeWorkshop.sample());
        Sealed second = workshop.seal(TreeWorkshop.sample("two"));
        DestinationSettings settings = new DestinationSettings(
                "nas",
                "archive",
                Holds.TREE,
                1,
                true,
                false,
                Optional.empty(),
                Map.of("place", home.resolve("zips").toString()));
        try (DestinationRoutes routes = DestinationRoutes.open(kinds, settings, workshop.state())) {
            TreeStore trees = routes.destinations().trees("nas", "acme");
            assertThat(trees.list()).isEmpty();
            assertThat(trees.put(workshop.tree(first)).isNew()).isTrue();
            trees.put(workshop.tree(second));

            assertThat(trees.list()).containsOnlyKeys(first.id(), second.id());
            assertThat(unpacked(trees.get(first.id()))).isEqualTo(TreeWorkshop.sample());
            assertThat(unpacked(trees.get(second.id()))).isEqualTo(TreeWorkshop.sample("two"));
            assertThatThrownBy(() -> trees.get(RunId.parse("20200101T000000Z-000000")))
                    .isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> trees.check(new TreeCheck(List.of(first.id()), run -> Optional.empty())))
                    .hasMessageContaining("has no verb check");
            assertThatThrownBy(() -> routes.destinations().vault("nas", "acme"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("holds a readable tree and no vault");
        }
        assertThatStrangersUnpackIt();
        try (var left = Files.walk(workshop.state())) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("tree-"));
        }
    }

    /** The common unzip takes names for a DOS code page, unless the ZIP says that it was made on Unix. */
    private void assertThatStrangersUnpackIt() throws Exception {
        Tools.require("unzip");
        Path zip;
        try (var zips = Files.walk(home.resolve("zips"))) {
            zip = zips.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
        }
        String unzip = "LC_ALL=C.UTF-8 unzip -qV '" + zip + "' -d unpacked";
        assertThat(Tools.run(home, null, "sh", "-c", unzip)).isEqualTo(new Tools.Result(0, ""));
        assertThat(TreeWorkshop.sample().keySet())
                .allMatch(path -> Files.exists(home.resolve("unpacked").resolve(path)));
    }

    private static Map<String, String> unpacked(InputStream in) throws Exception {
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
