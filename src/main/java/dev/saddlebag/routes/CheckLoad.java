package dev.saddlebag.routes;

import com.fasterxml.jackson.core.JsonPointer;
import dev.saddlebag.configuration.Mistake;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Loads the entries of files one by one into a context that is never started, so that a bad one does not hide the next,
 * and lets {@link CheckSteps} build what came of each.
 */
final class CheckLoad {
    private static final List<String> FIRST_TO_LAST = List.of(
            "beans", "dataFormats", "routeConfiguration", "routeTemplate", "rest", "route", "from", "templatedRoute");
    private static final Set<String> FOR_THE_WHOLE_FILE = Set.of(
            "errorHandler", "intercept", "interceptFrom", "interceptSendToEndpoint", "onCompletion", "onException");
    /** Stands for the parameters of templates that have no default; it is a text and a number. */
    private static final String ANYTHING = "1";

    private final ModelCamelContext context;
    private final CheckReason reasons;
    private final List<Mistake> mistakes = new ArrayList<>();

    CheckLoad(CamelContext context, CheckReason reasons) {
        this.context = (ModelCamelContext) context;
        this.reasons = reasons;
    }

    /** An entry of a file; a Kamelet is an entry by itself. */
    record Entry(CheckedFile file, int index) {
        String kind() {
            var names = file.content().path(index).fieldNames();
            return file.isKamelet() ? "routeTemplate" : names.hasNext() ? names.next() : "";
        }

        JsonPointer place() {
            return file.isKamelet()
                    ? JsonPointer.compile("/spec/template")
                    : JsonPointer.empty().appendIndex(index);
        }

        int line() {
            return file.line(place());
        }
    }

    /** The mistakes that Camel finds in {@code entries}. */
    List<Mistake> check(Collection<Entry> entries) {
        for (String kind : FIRST_TO_LAST) {
            entries.stream().filter(entry -> entry.kind().equals(kind)).forEach(entry -> check(entry, entries));
        }
        return mistakes;
    }

    private void check(Entry entry, Collection<Entry> all) {
        var routes = new ArrayList<>(context.getRouteDefinitions());
        var templates = new ArrayList<>(context.getRouteTemplateDefinitions());
        var configurations = new ArrayList<>(context.getRouteConfigurationDefinitions());
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(resource(entry, all));
        } catch (Exception e) {
            report(entry, e);
            return;
        }
        added(context.getRouteConfigurationDefinitions(), configurations).forEach(added -> check(entry, added));
        added(context.getRouteTemplateDefinitions(), templates).forEach(added -> check(entry, added));
        added(context.getRouteDefinitions(), routes)
                .forEach(added -> mistakes.addAll(steps(entry, added).check()));
    }

    private static <T> List<T> added(List<T> now, List<T> before) {
        Set<T> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(before);
        return now.stream().filter(one -> !known.contains(one)).toList();
    }

    /** A route needs the error handling of its file around it. */
    private static Resource resource(Entry entry, Collection<Entry> all) {
        String location = "file:" + entry.file().name();
        if (entry.file().isKamelet()) {
            return ResourceHelper.fromString(location, entry.file().text());
        }
        int[] indexes = all.stream()
                .filter(other -> other.file().name().equals(entry.file().name()))
                .filter(other -> other.index() == entry.index() || FOR_THE_WHOLE_FILE.contains(other.kind()))
                .mapToInt(Entry::index)
                .toArray();
        return ResourceHelper.fromString(location, entry.file().textOf(indexes));
    }

    /** Builds a route configuration by itself, and takes it out if it is bad, lest every route seem to be. */
    private void check(Entry entry, RouteConfigurationDefinition configuration) {
        var around = new RouteDefinition();
        around.setId("check");
        around.setInput(new FromDefinition("direct:check"));
        List<Mistake> found = new CheckSteps(context, reasons, entry.file(), entry.line(), around).check(configuration);
        mistakes.addAll(found);
        if (!found.isEmpty()) {
            try {
                context.removeRouteConfiguration(configuration);
            } catch (Exception e) {
                report(entry, e);
            }
        }
    }

    /** Makes a route of a template, with its defaults or anything else for its parameters. */
    private void check(Entry entry, RouteTemplateDefinition template) {
        var parameters = new HashMap<String, Object>();
        List<RouteTemplateParameterDefinition> declared =
                Optional.ofNullable(template.getTemplateParameters()).orElse(List.of());
        for (RouteTemplateParameterDefinition parameter : declared) {
            parameters.put(
                    parameter.getName(),
                    Optional.ofNullable(parameter.getDefaultValue()).orElse(ANYTHING));
        }
        String id = "check-" + template.getId();
        try {
            context.addRouteFromTemplate(id, template.getId(), parameters);
            RouteDefinition route = context.getRouteDefinition(id);
            mistakes.addAll(steps(entry, route).check());
            context.removeRouteDefinition(route);
        } catch (Exception e) {
            report(entry, e);
        }
    }

    private CheckSteps steps(Entry entry, RouteDefinition route) {
        return new CheckSteps(context, reasons, entry.file(), entry.line(), route);
    }

    private void report(Entry entry, Exception failure) {
        reasons.of(failure).ifPresent(reason -> {
            int line = entry.file().lineOf(reason.word(), entry.line()).orElse(entry.line());
            mistakes.add(
                    new Mistake(entry.file().name(), line, entry.file().routeId(entry.place()), reason.sentence()));
        });
    }
}
