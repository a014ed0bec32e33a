package dev.saddlebag.routes;

import dev.saddlebag.configuration.Mistake;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.util.URISupport;

/** Tries the addresses that Camel looks at only when a message comes by, as far as they are constant. */
final class CheckComputed {
    private final CamelContext context;
    private final CheckReason reasons;
    private final CheckPlaceholders placeholders;

    CheckComputed(CamelContext context, CheckReason reasons, CheckPlaceholders placeholders) {
        this.context = context;
        this.reasons = reasons;
        this.placeholders = placeholders;
    }

    List<Mistake> check(List<CheckEndpoints.Address> addresses) {
        return addresses.stream()
                .filter(address -> !address.uri().isBlank())
                .map(this::check)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Mistake> check(CheckEndpoints.Address address) {
        Optional<String> uri = placeholders.resolve(whole(address));
        if (uri.isEmpty()) {
            return Optional.empty();
        }
        try {
            for (String one : uri.get().split(",", -1)) {
                if (!one.contains("${")) {
                    CamelContextHelper.resolveEndpoint(context, one.trim(), null);
                }
            }
            return Optional.empty();
        } catch (Exception e) {
            return reasons.of(e).map(reason -> address.mistake(reason.sentence()));
        }
    }

    private static String whole(CheckEndpoints.Address address) {
        var parameters = new HashMap<String, Object>();
        address.parameters()
                .properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
        if (parameters.isEmpty()) {
            return address.uri();
        }
        String separator = address.uri().contains("?") ? "&" : "?";
        return address.uri() + separator + URISupport.createQueryString(parameters);
    }
}
