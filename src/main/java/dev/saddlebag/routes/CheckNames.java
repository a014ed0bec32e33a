package dev.saddlebag.routes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.configuration.Mistake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asks for what people need: an id of its own and a description for each route, and for each thing in a Kamelet. */
final class CheckNames {
    private static final Pattern SAYS_NOTHING = Pattern.compile("route-?\\d*");

    private final Map<String, String> places = new HashMap<>();

    List<Mistake> check(CheckedFile file) {
        return file.isKamelet() ? kamelet(file) : routes(file);
    }

    private List<Mistake> routes(CheckedFile file) {
        var mistakes = new ArrayList<Mistake>();
        for (int i = 0; file.content().isArray() && i < file.content().size(); i++) {
            JsonPointer entry = JsonPointer.empty().appendIndex(i);
            JsonNode node = file.content().get(i);
            if (!node.isObject()) {
                mistakes.add(file.mistake(entry, "an entry without a name, such as `route:`"));
            }
            if (node.has("from")) {
                mistakes.add(file.mistake(
                        entry.appendProperty("from"),
                        "a route without an id and a description; put `from` inside a `route`"));
            }
            for (String kind : List.of("route", "routeTemplate")) {
                if (node.path(kind).isObject()) {
                    mistakes.addAll(route(file, entry.appendProperty(kind), node.path(kind)));
                }
            }
        }
        return mistakes;
    }

    private List<Mistake> route(CheckedFile file, JsonPointer place, JsonNode route) {
        var mistakes = new ArrayList<Mistake>();
        String id = route.path("id").asText();
        JsonPointer idPlace = place.appendProperty("id");
        if (id.isBlank()) {
            mistakes.add(file.mistake(place, "the route has no `id`; give it one that says what it does"));
        } else if (SAYS_NOTHING.matcher(id).matches()) {
            mistakes.add(file.mistake(idPlace, "the id `" + id + "` does not say what the route does"));
        } else {
            unique(file, idPlace, id).ifPresent(mistakes::add);
        }
        if (route.path("description").asText().isBlank()) {
            mistakes.add(file.mistake(place, "the route has no `description`; say in a sentence what it does"));
        }
        return mistakes;
    }

    private Optional<Mistake> unique(CheckedFile file, JsonPointer place, String id) {
        return unique(file, place, id, id);
    }

    private Optional<Mistake> unique(CheckedFile file, JsonPointer place, String thing, String id) {
        String before = places.putIfAbsent(thing, file.name() + ":" + file.line(place));
        return Optional.ofNullable(before)
                .map(other -> file.mistake(place, "the id `" + id + "` is used already in " + other));
    }

    private List<Mistake> kamelet(CheckedFile file) {
        var mistakes = new ArrayList<Mistake>();
        JsonPointer definition = JsonPointer.compile("/spec/definition");
        JsonNode described = file.content().at(definition);
        String name = file.content().at("/metadata/name").asText();
        String fileName = file.name().replaceFirst(".*[/\\\\]", "");
        if (!fileName.equals(name + ".kamelet.yaml")) {
            mistakes.add(file.mistake(
                    JsonPointer.compile("/metadata/name"),
                    name.isEmpty()
                            ? "the Kamelet has no `metadata.name`"
                            : "the Kamelet is named `" + name + "`, but its file is " + fileName));
        }
        for (String text : List.of("title", "description")) {
            if (described.path(text).asText().isBlank()) {
                mistakes.add(file.mistake(definition, "the Kamelet has no `" + text + "` in `spec.definition`"));
            }
        }
        if (!name.isEmpty()) {
            unique(file, JsonPointer.compile("/metadata/name"), "the Kamelet " + name, name)
                    .ifPresent(mistakes::add);
        }
        JsonNode properties = described.path("properties");
        properties.properties().forEach(property -> {
            if (property.getValue().path("description").asText().isBlank()) {
                JsonPointer place = definition.appendProperty("properties").appendProperty(property.getKey());
                mistakes.add(file.mistake(place, "the property `" + property.getKey() + "` has no `description`"));
            }
        });
        for (int i = 0; i < described.path("required").size(); i++) {
            String required = described.path("required").get(i).asText();
            if (!properties.has(required)) {
                mistakes.add(file.mistake(
                        definition.appendProperty("required").appendIndex(i),
                        "`" + required + "` is required, but is not among the properties"));
            }
        }
        JsonPointer beans = JsonPointer.compile("/spec/template/beans");
        for (int i = 0; i < file.content().at(beans).size(); i++) {
            if (file.content().at(beans).get(i).path("name").asText().equals(name)) {
                // Camel would take the name of the template for the bean (facts/camel.md §A5 has the like).
                mistakes.add(file.mistake(
                        beans.appendIndex(i).appendProperty("name"),
                        "the bean `" + name
                                + "` has the name of the Kamelet, under which Camel cannot find it; give it "
                                + "another name"));
            }
        }
        if (!file.content().at("/spec/template").isObject()) {
            mistakes.add(file.mistake(JsonPointer.compile("/spec"), "the Kamelet has no `spec.template`"));
        }
        return mistakes;
    }
}
