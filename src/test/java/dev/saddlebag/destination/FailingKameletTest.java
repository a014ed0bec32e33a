package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.vault.Facts;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import dev.saddlebag.vault.Notes;
import dev.saddlebag.vault.Receipt;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.Sealer;
import dev.saddlebag.vault.Shipper;
import dev.saddlebag.vault.SigningKey;
import dev.saddlebag.vault.Spool;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A Kamelet whose steps fail as Camel's components do, at each operation of a delivery: the receipt says it, nothing
 * succeeds falsely, nothing is thrown, and the next delivery goes on (facts/vault-study.md §5 "faults").
 */
class FailingKameletTest {
    private static final String KIND = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: moody
            spec:
              definition:
                title: Moody
                description: A folder that fails at one of its operations.
                required: [place]
                type: object
                properties:
                  place: { title: Place, type: string }
              template:
                beans:
                  - name: theMood
                    type: "#class:dev.saddlebag.destination.MoodyFolder"
                    factoryMethod: at
                    constructors: { "0": "{{place}}" }
                from:
                  uri: kamelet:source
                  steps:
                    - choice:
                        when:
                          - simple: "${header.verb} == 'put'"
                            steps:
                              - bean: { ref: "{{theMood}}", method: "put(${header.name}, ${body})" }
                          - simple: "${header.verb} == 'get'"
                            steps:
                              - bean: { ref: "{{theMood}}", method: "get(${header.name})" }
                          - simple: "${header.verb} == 'list'"
                            steps:
                              - bean: { ref: "{{theMood}}", method: "list(${header.name})" }
                          - simple: "${header.verb} == 'delete'"
                            steps:
                              - bean: { ref: "{{theMood}}", method: "delete(${header.name})" }
            """;

    @TempDir
    Path home;

    private Spool spool;
    private SigningKey key;
    private Sealed run;

    @BeforeEach
    void seal() throws Exception {
        spool = Spool.open(home.resolve("spool"), "acme", Clock.systemUTC());
        key = SigningKey.at(home.resolve("key.pem"));
        Path tree = Files.createDirectories(home.resolve("tree/pages"));
        Files.writeString(tree.resolve("one.md"), "one");
        run = new Sealer(spool, key)
                .seal(
                        RunId.create(Clock.systemUTC(), new Random(1)),
                        home.resolve("tree"),
                        new Facts("accepted", true, Map.of(), "test"),
                        Notes.NONE);
        Files.createDirectories(home.resolve("kinds"));
        Files.writeString(home.resolve("kinds/moody.kamelet.yaml"), KIND);
    }

    @ParameterizedTest
    @EnumSource
    void at_any_operation_of_a_delivery(MoodyFolder.Mood how) throws Exception {
        int operation = 0;
        boolean failed;
        do {
            operation++;
            Path place = home.resolve("place" + operation);
            try (DestinationRoutes routes =
                    DestinationRoutes.open(home.resolve("kinds"), "moody", Map.of("place", place.toString()))) {
                MoodyFolder.failAt(operation, how);
                Receipt receipt = new Shipper(spool, key, true).ship(run, "nas", routes.vault(), List.of());
                failed = MoodyFolder.hasFailed();

                String when = how + " at operation " + operation;
                if (receipt.delivered()) {
                    assertThat(findings(place)).as(when).noneMatch(Finding::isDamage);
                    assertThat(new Vault(new Folder(place.resolve("acme")), home).snapshots())
                            .as(when)
                            .hasSize(1);
                } else {
                    assertThat(failed).as(receipt.error()).isTrue();
                    assertThat(receipt.error()).as(when).contains("safe in the spool");
                }
                MoodyFolder.failAt(0, how);
                assertThat(new Shipper(spool, key, true)
                                .ship(run, "nas", routes.vault(), List.of())
                                .error())
                        .as(when)
                        .isEmpty();
                assertThat(findings(place)).as(when).isEmpty();
            }
        } while (failed);
        assertThat(operation).isGreaterThan(20);
    }

    private List<Finding> findings(Path place) throws IOException {
        return new Vault(new Folder(place.resolve("acme")), home).verify(Level.FULL, any -> true, List.of());
    }
}
