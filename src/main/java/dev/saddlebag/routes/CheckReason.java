package dev.saddlebag.routes;

import dev.saddlebag.configuration.Suggestion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.util.URISupport;

/** Says in one plain sentence why Camel refused a step. */
final class CheckReason {
    private static final Pattern UNKNOWN_PARAMETERS = Pattern.compile("Unknown parameters=\\[\\{(.*)}]");
    private static final Pattern ENDPOINT = Pattern.compile("Failed to resolve endpoint: ([a-zA-Z0-9.+-]+):");
    private static final Pattern NO_COMPONENT =
            Pattern.compile("(?:No component found with scheme: |No endpoint could be found for: )([a-zA-Z0-9.+-]+)");
    private static final Pattern NO_POOL = Pattern.compile("ExecutorServiceRef '?([^' ]+)'? not found");

    private static final Pattern NOT_IN_REGISTRY = Pattern.compile("Cannot find \\S+ in Registry with name: (\\S+)");
    private static final Pattern NOT_GIVEN =
            Pattern.compile("Route template (\\S+) the following mandatory parameters must be provided: (.*)");
    private static final Pattern NO_TEMPLATE = Pattern.compile("Cannot find RouteTemplate with id (\\S+)");

    private final CamelContext context;

    CheckReason(CamelContext context) {
        this.context = context;
    }

    /**
     * Why a step was refused.
     *
     * @param sentence the reason
     * @param word the word in the YAML that the reason is about, to find its line; empty if there is none
     */
    record Reason(String sentence, String word) {}

    /** Why {@code failure} happened; empty for a missing placeholder or URI, which is reported where it stands. */
    Optional<Reason> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.startsWith("Property with key [") || message.equals("uri must be specified and not empty")) {
                return Optional.empty();
            }
            Optional<Reason> known = known(cause, message);
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.of(new Reason(lastMessage(failure), ""));
    }

    private Optional<Reason> known(Throwable cause, String message) {
        if (cause instanceof NoSuchBeanException bean && bean.getName() != null) {
            return Optional.of(noBean(bean.getName()));
        }
        if (cause instanceof MethodNotFoundException method) {
            return Optional.of(new Reason(
                    "the bean has no method `" + method.getMethodName() + "`" + methodHint(method),
                    method.getMethodName()));
        }
        Matcher inRegistry = NOT_IN_REGISTRY.matcher(message);
        if (inRegistry.find()) {
            return Optional.of(noBean(inRegistry.group(1)));
        }
        if (cause instanceof ClassNotFoundException) {
            return Optional.of(new Reason("there is no class `" + message + "`", message));
        }
        if (cause instanceof NoTypeConversionAvailableException conversion && conversion.getToType() == Class.class) {
            String name = String.valueOf(conversion.getValue());
            return Optional.of(new Reason("there is no class `" + name + "`", name));
        }
        if (message.startsWith("Definition has no children on") || message.contains("has no output processors")) {
            return Optional.of(new Reason("there are no steps", ""));
        }
        Matcher given = NOT_GIVEN.matcher(message);
        if (given.find()) {
            return Optional.of(new Reason(
                    "the template `" + given.group(1) + "` needs the parameter `" + given.group(2) + "`", ""));
        }
        Matcher template = NO_TEMPLATE.matcher(message);
        if (template.find()) {
            return Optional.of(noTemplate(template.group(1)));
        }
        Matcher parameters = UNKNOWN_PARAMETERS.matcher(message);
        if (parameters.find()) {
            return Optional.of(unknownOption(message, parameters.group(1)));
        }
        Matcher component = NO_COMPONENT.matcher(message);
        if (component.find()) {
            String scheme = component.group(1);
            return Optional.of(new Reason("there is no component `" + scheme + "`" + hint(scheme, components()), ""));
        }
        Matcher pool = NO_POOL.matcher(message);
        return pool.find()
                ? Optional.of(new Reason("there is no thread pool `" + pool.group(1) + "`", pool.group(1)))
                : Optional.empty();
    }

    private Reason noBean(String name) {
        Set<String> beans =
                context.getRegistry().findByTypeWithName(Object.class).keySet();
        return new Reason("there is no bean `" + name + "`" + hint(name, beans), name);
    }

    private Reason noTemplate(String name) {
        var known = new TreeSet<String>();
        ((ModelCamelContext) context).getRouteTemplateDefinitions().forEach(template -> known.add(template.getId()));
        return new Reason("there is no template `" + name + "`" + hint(name, known), name);
    }

    private Reason unknownOption(String message, String parameters) {
        String name = parameters.replaceFirst("=.*", "");
        Matcher endpoint = ENDPOINT.matcher(message);
        String scheme = endpoint.find() ? endpoint.group(1) : "the endpoint";
        EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory(scheme);
        Set<String> known = factory == null ? Set.of() : factory.propertyNames();
        return new Reason("`" + name + "` is not an option of `" + scheme + "`" + hint(name, known), name);
    }

    private static String methodHint(MethodNotFoundException method) {
        var names = new TreeSet<String>();
        if (method.getBean() != null) {
            for (var known : method.getBean().getClass().getMethods()) {
                names.add(known.getName());
            }
        }
        return hint(method.getMethodName(), names);
    }

    private static String hint(String word, Set<String> known) {
        return Suggestion.nearest(word, known)
                .map(meant -> "; did you mean `" + meant + "`?")
                .orElse("");
    }

    /** The components on the class path. */
    private Set<String> components() {
        var components = new TreeSet<String>();
        try {
            ClassLoader loader = context.getApplicationContextClassLoader() == null
                    ? CheckReason.class.getClassLoader()
                    : context.getApplicationContextClassLoader();
            for (URL url :
                    Collections.list(loader.getResources("META-INF/services/org/apache/camel/component.properties"))) {
                var properties = new Properties();
                try (var reader = new BufferedReader(new InputStreamReader(url.openStream(), StandardCharsets.UTF_8))) {
                    properties.load(reader);
                }
                components.addAll(
                        Set.of(properties.getProperty("components", "").split(" ")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return components;
    }

    private static String lastMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return URISupport.sanitizeUri(message.lines().findFirst().orElse("").trim());
    }
}
