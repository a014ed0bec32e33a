package dev.saddlebag.routes.check;

import dev.saddlebag.configuration.Mistake;
import dev.saddlebag.routes.RoutesCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A folder of routes, and the context with beans and settings in which they are checked. */
record RoutesFolder(Path folder) {

    /** A bean for routes. */
    public static final class Gate {
        public boolean passes(String body) {
            return !body.isEmpty();
        }

        public List<String> pages() {
            return List.of();
        }
    }

    /** Adds good routes that use what real ones use; they yield no mistakes. */
    RoutesFolder withGoodRoutes() throws IOException {
        Files.createDirectories(folder.resolve("destinations"));
        for (String name :
                List.of("backup.camel.yaml", "errors.camel.yaml", "steps.camel.yaml", "templates.camel.yaml")) {
            copy("good/" + name, folder.resolve(name));
        }
        copy("good/destinations/folder.kamelet.yaml", folder.resolve("destinations/folder.kamelet.yaml"));
        return this;
    }

    RoutesFolder with(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    private static void copy(String resource, Path file) throws IOException {
        try (var in = RoutesFolder.class.getResourceAsStream(resource)) {
            Files.write(file, in.readAllBytes());
        }
    }

    List<Mistake> mistakes() {
        return new RoutesCheck(RoutesFolder::context, context -> List.of())
                .check(folder, Set.of("backup.schedule", "backup.recipients", "data.directory"));
    }

    /** The mistakes, each as {@code file:line: sentence} with the file as seen from the folder. */
    List<String> sentences() {
        return mistakes().stream()
                .map(mistake -> mistake.toString().replace(folder + "/", ""))
                .toList();
    }

    static CamelContext context() {
        var context = new DefaultCamelContext();
        var settings = new Properties();
        settings.setProperty("backup.schedule", "0 0 2 * * ?");
        settings.setProperty("backup.recipients", "direct:deliver,mock:report");
        settings.setProperty("data.directory", "target/nothing-reads-this");
        context.getPropertiesComponent().setInitialProperties(settings);
        context.getRegistry().bind("gate", new Gate());
        context.getRegistry().bind("receipts", (AggregationStrategy) (first, second) -> first == null ? second : first);
        context.getExecutorServiceManager()
                .registerThreadPoolProfile(new ThreadPoolProfileBuilder("walkers")
                        .poolSize(2)
                        .maxPoolSize(2)
                        .build());
        return context;
    }
}
