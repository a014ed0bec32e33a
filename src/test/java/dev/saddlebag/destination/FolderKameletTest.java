package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.vault.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kind {@code folder}, as routes use it: through its Kamelet, which must lose nothing of the promises. */
class FolderKameletTest implements StoreConformance {
    @TempDir
    Path home;

    private DestinationRoutes routes;

    @BeforeEach
    void open() {
        routes = DestinationRoutes.open(
                Path.of("routes", "destinations"),
                "folder",
                Map.of("directory", home.resolve("vaults").toString()));
    }

    @AfterEach
    void close() {
        routes.close();
    }

    @Override
    public Store store() {
        return routes.vault();
    }

    @Override
    public boolean leaveTemporaryFile() throws Exception {
        Files.writeString(home.resolve("vaults/acme/data/.tmp-torn"), "torn");
        return true;
    }

    @Test
    void each_workspace_has_a_folder_of_its_own() throws Exception {
        Path file = Files.writeString(home.resolve("local"), "x");
        routes.vault().put("data/x", file);

        assertThat(home.resolve("vaults/acme/data/x")).hasContent("x");
        assertThat(routes.destinations().vault("nas", "other").list("data")).isEmpty();
    }

    @Test
    void names_with_every_sign_that_routes_could_take_for_their_own_arrive_as_they_are() throws Exception {
        Path file = Files.writeString(home.resolve("local"), "x");
        for (String name :
                new String[] {"data/a,b", "data/${body}", "data/it's", "data/a b", "data/x?y=1&z", "data/(1)"}) {
            routes.vault().put(name, file);
            try (var in = routes.vault().get(name)) {
                assertThat(in).hasContent("x");
            }
        }
        assertThat(routes.vault().list("data")).hasSize(6);
    }

    @Test
    void a_name_does_not_lead_out_of_it() throws Exception {
        Path file = Files.writeString(home.resolve("local"), "x");

        assertThatThrownBy(() -> routes.vault().put("../../x", file)).isInstanceOf(IOException.class);
        assertThat(home.resolve("x")).doesNotExist();
    }

    @Test
    void a_destination_that_nobody_configured_is_named_with_those_that_are_there() {
        assertThatThrownBy(() -> routes.destinations().vault("nsa", "acme"))
                .hasMessage("There is no destination \"nsa\"; there is nas");
    }
}
