package dev.saddlebag.routes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.saddlebag.configuration.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * Finds every mistake in a folder of routes without running them: what is no YAML, what Camel's schema does not know,
 * what cannot be built, who is called and does not listen, and timers that can never fire.
 */
public final class RoutesCheck {
    private final ContextFactory contexts;
    private final Function<CamelContext, List<Mistake>> further;

    /** Makes the context in which routes are tried out. */
    @FunctionalInterface
    public interface ContextFactory {
        /** A fresh context with all beans, thread pools and properties, but no routes, that is not started. */
        CamelContext create() throws Exception;
    }

    /** @param further finds what else is wrong, once all routes and beans are in the context */
    public RoutesCheck(ContextFactory contexts, Function<CamelContext, List<Mistake>> further) {
        this.contexts = contexts;
        this.further = further;
    }

    /**
     * All mistakes in the routes of a folder and the Kamelets in its folders {@code destinations} and {@code channels}, in reading order.
     *
     * @param directory the folder; files are named as this path names them
     * @param known the names of the settings that there are, to suggest one for a misspelt placeholder
     */
    public List<Mistake> check(Path directory, Collection<String> known) {
        var mistakes = new ArrayList<Mistake>();
        var files = new ArrayList<CheckedFile>();
        try {
            for (Path file : files(directory)) {
                CheckYaml.read(file.toString(), Files.readString(file), mistakes)
                        .ifPresent(files::add);
            }
        } catch (IOException e) {
            mistakes.add(new Mistake(directory.toString(), 0, "", "the routes cannot be read: " + e));
        }
        try {
            CamelContext context = contexts.create();
            try {
                context.setAutoStartup(false);
                context.build();
                check(context, files, known, mistakes);
                mistakes.addAll(further.apply(context));
            } finally {
                context.stop();
            }
        } catch (Exception e) {
            mistakes.add(new Mistake(directory.toString(), 0, "", "the routes cannot be checked: " + e));
        }
        return once(mistakes);
    }

    private static List<Path> files(Path directory) throws IOException {
        var files = new ArrayList<Path>();
        for (Path folder : List.of(directory, directory.resolve("destinations"), directory.resolve("channels"))) {
            if (folder.equals(directory) || Files.isDirectory(folder)) {
                try (Stream<Path> content = Files.list(folder)) {
                    content.filter(RoutesCheck::isRoutes).sorted().forEach(files::add);
                }
            }
        }
        return files;
    }

    private static boolean isRoutes(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".camel.yaml") || name.endsWith(".kamelet.yaml");
    }

    private static void check(
            CamelContext context, List<CheckedFile> files, Collection<String> known, List<Mistake> mistakes) {
        var placeholders = new CheckPlaceholders(context, known);
        var endpoints = new CheckEndpoints(placeholders);
        var names = new CheckNames();
        var schema = CheckSchema.ofCamel();
        var entries = new ArrayList<CheckLoad.Entry>();
        for (CheckedFile file : files) {
            List<Mistake> ofSchema = schema(schema, file);
            mistakes.addAll(ofSchema);
            mistakes.addAll(names.check(file));
            mistakes.addAll(placeholders.check(file));
            endpoints.add(file);
            entries.addAll(withoutMistakes(file, ofSchema));
        }
        mistakes.addAll(endpoints.check());
        var reasons = new CheckReason(context);
        addElsewhere(mistakes, new CheckLoad(context, reasons).check(entries));
        addElsewhere(mistakes, new CheckComputed(context, reasons, placeholders).check(endpoints.computed()));
    }

    /** What an earlier check found in a line is not said again by a later one. */
    private static void addElsewhere(List<Mistake> mistakes, List<Mistake> later) {
        var places = mistakes.stream().map(RoutesCheck::place).collect(Collectors.toSet());
        later.stream().filter(mistake -> !places.contains(place(mistake))).forEach(mistakes::add);
    }

    private static String place(Mistake mistake) {
        return mistake.file() + ":" + mistake.line();
    }

    private static List<Mistake> schema(CheckSchema schema, CheckedFile file) {
        if (!file.isKamelet()) {
            return schema.check(file, file.content(), JsonPointer.empty());
        }
        var mistakes = new ArrayList<Mistake>();
        JsonPointer place = JsonPointer.compile("/spec/template");
        JsonNode template = file.content().at(place);
        template.properties().forEach(field -> {
            var entry = JsonNodeFactory.instance.objectNode();
            entry.set(field.getKey(), field.getValue());
            mistakes.addAll(
                    schema.check(file, JsonNodeFactory.instance.arrayNode().add(entry), place));
        });
        return mistakes;
    }

    private static List<CheckLoad.Entry> withoutMistakes(CheckedFile file, List<Mistake> mistakes) {
        if (file.isKamelet()) {
            return mistakes.isEmpty() ? List.of(new CheckLoad.Entry(file, 0)) : List.of();
        }
        return IntStream.range(0, file.content().isArray() ? file.content().size() : 0)
                .filter(i -> mistakes.stream().noneMatch(mistake -> file.contains(i, mistake.line())))
                .mapToObj(i -> new CheckLoad.Entry(file, i))
                .toList();
    }

    /** Error handling that several routes share is built with each of them. */
    private static List<Mistake> once(List<Mistake> mistakes) {
        var sentences = new HashSet<String>();
        return mistakes.stream()
                .filter(mistake -> sentences.add(mistake.toString()))
                .sorted(Mistake.IN_READING_ORDER)
                .toList();
    }
}
