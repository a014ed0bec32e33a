package dev.saddlebag.routes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.configuration.Mistake;
import dev.saddlebag.configuration.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/** Resolves the placeholders in routes, and finds those that nobody sets. */
final class CheckPlaceholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");
    private static final Set<String> PROSE = Set.of("description", "note", "title");

    private final CamelContext context;
    private final Collection<String> known;

    /** @param known the settings that there are, to suggest one of them */
    CheckPlaceholders(CamelContext context, Collection<String> known) {
        this.context = context;
        this.known = known;
    }

    /** The text with its placeholders resolved; empty if that is not possible, such as inside a template. */
    Optional<String> resolve(String text) {
        if (!text.contains("{{")) {
            return Optional.of(text);
        }
        try {
            return Optional.ofNullable(context.resolvePropertyPlaceholders(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    List<Mistake> check(CheckedFile file) {
        var mistakes = new ArrayList<Mistake>();
        CheckTree.walk(file.content(), JsonPointer.empty(), (pointer, node) -> {
            if (node.isTextual() && !PROSE.contains(CheckTree.name(pointer))) {
                Set<String> parameters = parameters(file, file.content().at(CheckedFile.top(pointer)));
                missing(node.asText(), parameters)
                        .forEach(name -> mistakes.add(file.mistake(
                                pointer,
                                "the placeholder {{" + name + "}} is set nowhere" + Suggestion.hint(name, known))));
            }
        });
        return mistakes;
    }

    private List<String> missing(String text, Set<String> parameters) {
        var missing = new ArrayList<String>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!name.startsWith("?")
                    && !parameters.contains(name.replaceFirst(":.*", ""))
                    && resolve(matcher.group()).isEmpty()) {
                missing.add(name);
            }
        }
        return missing;
    }

    /** What a template or a Kamelet is given when a route is made of it. */
    private static Set<String> parameters(CheckedFile file, JsonNode entry) {
        var names = new HashSet<String>();
        if (file.isKamelet()) {
            file.content().at("/spec/definition/properties").fieldNames().forEachRemaining(names::add);
            file.content()
                    .at("/spec/template/beans")
                    .forEach(bean -> names.add(bean.path("name").asText()));
        } else {
            JsonNode template = entry.path("routeTemplate");
            template.path("parameters")
                    .forEach(parameter -> names.add(parameter.path("name").asText()));
            template.path("beans").forEach(bean -> names.add(bean.path("name").asText()));
        }
        return names;
    }
}
