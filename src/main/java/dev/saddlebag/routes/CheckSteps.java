package dev.saddlebag.routes;

import com.fasterxml.jackson.core.JsonPointer;
import dev.saddlebag.configuration.Mistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.camel.CamelContextAware;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.RouteTemplateContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.reifier.ProcessorReifier;
import org.apache.camel.reifier.RouteReifier;
import org.apache.camel.spi.LocalBeanRepositoryAware;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Builds the steps of one route, each on its own: endpoints, beans and expressions are looked up, but nothing connects,
 * listens or fires.
 */
final class CheckSteps {
    private final ModelCamelContext context;
    private final CheckReason reasons;
    private final CheckedFile file;
    private final int line;
    private final RouteDefinition definition;
    private final List<Mistake> mistakes = new ArrayList<>();

    /** @param line where the route begins in {@code file} */
    CheckSteps(ModelCamelContext context, CheckReason reasons, CheckedFile file, int line, RouteDefinition definition) {
        this.context = context;
        this.reasons = reasons;
        this.file = file;
        this.line = line;
        this.definition = definition;
    }

    /** An attempt to build something. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws Exception;
    }

    /** The mistakes in the route. */
    List<Mistake> check() {
        withParameters(() -> {
            attempt(
                    lineOf(definition.getInput()),
                    () -> resolve(definition.getInput().getEndpointUri()));
            Route route = route();
            checkEach(route, definition.getOutputs());
            if (mistakes.isEmpty()) {
                attempt(
                        line,
                        () -> ServiceHelper.initService(new RouteReifier(context, definition)
                                .createRoute()
                                .getProcessor()));
            }
        });
        return mistakes;
    }

    /** The mistakes in what a configuration adds to routes. */
    List<Mistake> check(RouteConfigurationDefinition configuration) {
        withParameters(() -> {
            Route route = route();
            checkEach(route, configuration.getOnExceptions());
            checkEach(route, configuration.getOnCompletions());
            checkEach(route, configuration.getIntercepts());
            checkEach(route, configuration.getInterceptFroms());
            checkEach(route, configuration.getInterceptSendTos());
        });
        return mistakes;
    }

    /** Builds the innermost steps first: what fails around a step that can be built is the fault of what is around. */
    private boolean checkEach(Route route, List<? extends ProcessorDefinition<?>> steps) {
        boolean good = true;
        for (ProcessorDefinition<?> step : List.copyOf(steps)) {
            good &= checkEach(route, step.getOutputs()) && check(route, step);
        }
        return good;
    }

    private boolean check(Route route, ProcessorDefinition<?> step) {
        return attempt(lineOf(step), () -> {
            Processor processor = build(route, step);
            CamelContextAware.trySetCamelContext(processor, context);
            ServiceHelper.initService(processor);
        });
    }

    /** Components may build steps of their own, as the one for Kamelets does. */
    private Processor build(Route route, ProcessorDefinition<?> step) throws Exception {
        Processor own = PluginHelper.getProcessorFactory(context).createProcessor(route, step);
        return own == null ? ProcessorReifier.reifier(route, step).createProcessor() : own;
    }

    private void resolve(String uri) {
        CamelContextHelper.resolveEndpoint(context, uri, null);
    }

    private Route route() {
        Route route = PluginHelper.getRouteFactory(context)
                .createRoute(
                        context,
                        definition,
                        "check",
                        null,
                        null,
                        context.getEndpoint("direct:saddlebag-check"),
                        definition.getResource());
        route.setErrorHandlerFactory(definition.getErrorHandlerFactory());
        return route;
    }

    private boolean attempt(int at, Attempt attempt) {
        try {
            attempt.run();
            return true;
        } catch (Exception e) {
            reasons.of(e)
                    .ifPresent(reason -> mistakes.add(new Mistake(
                            file.name(),
                            file.lineOf(reason.word(), at).orElse(at),
                            file.routeId(place()),
                            reason.sentence())));
            return false;
        }
    }

    private JsonPointer place() {
        return file.lines().entrySet().stream()
                .filter(entry -> entry.getValue() == line && entry.getKey().length() > 0)
                .map(entry -> entry.getKey())
                .findFirst()
                .orElse(JsonPointer.empty());
    }

    private int lineOf(NamedNode step) {
        int counted = step.getLineNumber();
        return file.lineOfStep(step.getShortName(), counted).orElse(counted > 0 ? counted : line);
    }

    /** Camel looks for the parameters and beans of templates in the thread that builds their routes. */
    private void withParameters(Runnable check) {
        RouteTemplateContext template = definition.getRouteTemplateContext();
        var parameters = new Properties();
        if (definition.getTemplateParameters() != null) {
            parameters.putAll(definition.getTemplateParameters());
        }
        var registry = (LocalBeanRepositoryAware) context.getRegistry();
        context.getPropertiesComponent().setLocalProperties(parameters.isEmpty() ? null : parameters);
        registry.setLocalBeanRepository(template == null ? null : template.getLocalBeanRepository());
        try {
            check.run();
        } finally {
            context.getPropertiesComponent().setLocalProperties(null);
            registry.setLocalBeanRepository(null);
        }
    }
}
