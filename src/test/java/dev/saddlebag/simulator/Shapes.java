package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What keys, in what order and of what JSON types, each kind of object was seen with. */
final class Shapes {
    /** The sightings of one kind of object. */
    static final class Shape {
        private final Map<String, Set<String>> types = new TreeMap<>();
        private final Set<List<String>> sequences = new HashSet<>();
        private Set<String> always;

        Set<String> always() {
            return always;
        }

        Map<String, Set<String>> types() {
            return types;
        }

        Set<List<String>> sequences() {
            return sequences;
        }

        private void add(JsonNode object) {
            List<String> keys = new ArrayList<>();
            object.properties().forEach(field -> {
                keys.add(field.getKey());
                types.computeIfAbsent(field.getKey(), unused -> new TreeSet<>())
                        .add(field.getValue().getNodeType().name());
            });
            sequences.add(keys);
            if (always == null) {
                always = new TreeSet<>(keys);
            } else {
                always.retainAll(keys);
            }
        }

        /** Whether some sighting has the keys that it shares with {@code keys} in the same order. */
        boolean knowsOrder(List<String> keys) {
            return sequences.stream().anyMatch(sequence -> {
                List<String> shared = new ArrayList<>(sequence);
                shared.retainAll(keys);
                List<String> own = new ArrayList<>(keys);
                own.retainAll(sequence);
                return shared.equals(own);
            });
        }
    }

    private final Map<String, Shape> kinds = new TreeMap<>();

    Map<String, Shape> kinds() {
        return kinds;
    }

    Optional<Shape> kind(String kind) {
        return Optional.ofNullable(kinds.get(kind));
    }

    /** Takes in an answer with everything that is in it. */
    void see(JsonNode answer) {
        see(answer, "answer");
    }

    private void see(JsonNode node, String context) {
        if (node.isArray()) {
            node.forEach(entry -> see(entry, context));
            return;
        }
        if (!node.isObject()) {
            return;
        }
        // The only key that names the answer and not the object.
        JsonNode object = ((ObjectNode) node.deepCopy()).without("request_id");
        String kind = kindOf(object, context);
        kinds.computeIfAbsent(kind, unused -> new Shape()).add(object);
        object.properties().forEach(field -> {
            String key = field.getKey();
            if (key.equals("properties") && (kind.equals("page") || kind.equals("data_source"))) {
                String prefix = kind.equals("page") ? "value" : "column";
                field.getValue().forEach(property -> see(property, prefix));
            } else {
                see(
                        field.getValue(),
                        kind + "." + (key.equals(object.path("type").asText()) ? "it" : key));
            }
        });
    }

    private static String kindOf(JsonNode object, String context) {
        String type = object.path("type").asText("");
        String named = object.path("object").asText("");
        return switch (named) {
            case "" -> {
                if (object.has("plain_text")) {
                    yield "text of " + type;
                }
                if (object.has("expiry_time")) {
                    yield "stored file";
                }
                if (object.has("time_zone")) {
                    yield "date";
                }
                yield type.isEmpty() ? role(context) : role(context) + " of " + type;
            }
            case "block", "user", "list" -> type.isEmpty() ? named : named + " of " + type;
            case "property_item" -> "property_item of " + type;
            default -> named;
        };
    }

    /** Parents, icons and media are the same things wherever they are. */
    private static String role(String context) {
        return context.replaceFirst(".*\\.(database_)?parent(?=$| )", "parent")
                .replaceFirst(".*\\.(icon|cover)(?=$| )", "icon")
                .replaceFirst("block of (audio|image|pdf|video)\\.it(?=$| )", "media");
    }
}
