package dev.saddlebag.routes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.configuration.Cron;
import dev.saddlebag.configuration.Mistake;
import dev.saddlebag.configuration.Suggestion;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges the addresses in routes as far as they are written down: who is called, who listens, when timers fire. */
final class CheckEndpoints {
    private static final Set<String> SENDING = Set.of("to", "toD", "wireTap", "poll", "deadLetterUri");
    private static final Set<String> COMPUTED =
            Set.of("recipientList", "enrich", "pollEnrich", "routingSlip", "dynamicRouter");
    private static final Set<String> TEXTS = Set.of("constant", "simple", "expression");
    private static final Set<String> PATTERNS = Set.of("interceptFrom", "interceptSendToEndpoint");
    private static final Pattern INTERNAL = Pattern.compile("(direct|seda):(?://)?([^?]*).*");
    private static final Pattern KAMELET = Pattern.compile("kamelet:(?://)?(?!source|sink)([^/?]+).*");
    private static final Pattern CRON = Pattern.compile("[?&]cron=([^&]*)");

    private final CheckPlaceholders placeholders;
    private final List<Address> addresses = new ArrayList<>();
    private final Set<String> kamelets = new TreeSet<>();

    CheckEndpoints(CheckPlaceholders placeholders) {
        this.placeholders = placeholders;
    }

    /** An address that a route sends to or listens to, before placeholders. */
    record Address(CheckedFile file, JsonPointer place, String uri, JsonNode parameters, boolean listens) {
        Mistake mistake(String sentence) {
            return file.mistake(place, sentence);
        }
    }

    /** Remembers the addresses in a file. */
    void add(CheckedFile file) {
        if (file.isKamelet()) {
            kamelets.add(file.content().at("/metadata/name").asText());
        }
        file.content()
                .forEach(entry -> kamelets.add(entry.at("/routeTemplate/id").asText()));
        CheckTree.walk(file.content(), JsonPointer.empty(), (place, node) -> {
            if (node.isTextual() || node.isNull()) {
                addTexts(file, place, node);
            }
        });
    }

    private void addTexts(CheckedFile file, JsonPointer place, JsonNode node) {
        String name = CheckTree.name(place);
        String parent = CheckTree.parentName(place);
        JsonNode around = file.content().at(place.head());
        if (name.equals("uri") && !PATTERNS.contains(parent)) {
            boolean listens = parent.equals("from") || parent.equals("poll");
            addresses.add(new Address(file, place, node.asText(""), around.path("parameters"), listens));
        } else if (SENDING.contains(name) && !PATTERNS.contains(parent)) {
            addresses.add(new Address(file, place, node.asText(""), around.path("none"), name.equals("poll")));
        } else if (TEXTS.contains(name) && isComputed(place)) {
            boolean listens = parent.equals("pollEnrich");
            addresses.add(new Address(file, place, node.asText(), around.path("none"), listens));
        }
    }

    private static boolean isComputed(JsonPointer place) {
        return COMPUTED.contains(CheckTree.parentName(place))
                || (TEXTS.contains(CheckTree.parentName(place)) && isComputed(place.head()));
    }

    /** The constant addresses of recipient lists and their like, which Camel itself meets only when they are used. */
    List<Address> computed() {
        return addresses.stream()
                .filter(address -> isComputed(address.place()) || isDynamic(address))
                .filter(address -> !address.uri().contains("${"))
                .toList();
    }

    private static boolean isDynamic(Address address) {
        return Set.of("toD", "wireTap").contains(CheckTree.name(address.place()))
                || Set.of("toD", "wireTap").contains(CheckTree.parentName(address.place()));
    }

    List<Mistake> check() {
        var mistakes = new ArrayList<Mistake>();
        addresses.stream()
                .filter(address -> address.uri().isBlank())
                .forEach(address -> mistakes.add(address.mistake(
                        "`" + CheckTree.name(address.place()) + "` is empty; it must name an endpoint")));
        mistakes.addAll(unheard());
        mistakes.addAll(unknownKamelets());
        addresses.stream().map(this::badCron).flatMap(Optional::stream).forEach(mistakes::add);
        return mistakes;
    }

    private List<Mistake> unknownKamelets() {
        var mistakes = new ArrayList<Mistake>();
        for (Address address : addresses) {
            uris(address).stream()
                    .map(KAMELET::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .filter(name -> !name.contains("${") && !kamelets.contains(name))
                    .map(name -> address.mistake("there is no Kamelet `" + name + "`"
                            + Suggestion.nearest(name, kamelets)
                                    .map(meant -> "; did you mean `" + meant + "`?")
                                    .orElse("")))
                    .forEach(mistakes::add);
        }
        return mistakes;
    }

    private List<Mistake> unheard() {
        var heard = new TreeSet<String>();
        var patterns = new ArrayList<Pattern>();
        for (Address address : addresses.stream().filter(Address::listens).toList()) {
            List<String> names = internal(address);
            heard.addAll(names);
            if (names.isEmpty()) {
                pattern(address).ifPresent(patterns::add);
            }
        }
        var mistakes = new ArrayList<Mistake>();
        for (Address address :
                addresses.stream().filter(address -> !address.listens()).toList()) {
            internal(address).stream()
                    .filter(name -> !heard.contains(name))
                    .filter(name -> patterns.stream()
                            .noneMatch(pattern -> pattern.matcher(name).matches()))
                    .forEach(name -> mistakes.add(
                            address.mistake("no route listens to " + name + Suggestion.hint(name, heard))));
        }
        return mistakes;
    }

    /** The constant {@code direct:} and {@code seda:} endpoints of an address, such as {@code direct:backup}. */
    private List<String> internal(Address address) {
        return uris(address).stream()
                .map(INTERNAL::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1) + ":" + matcher.group(2))
                .filter(name -> !name.contains("${"))
                .toList();
    }

    /** The endpoints that an address names once its placeholders are resolved; recipients are separated by commas. */
    private List<String> uris(Address address) {
        return placeholders
                .resolve(whole(address))
                .map(text -> isComputed(address.place()) ? List.of(text.split("\\s*,\\s*")) : List.of(text))
                .orElse(List.of());
    }

    /** Camel also allows the name of the endpoint among the parameters. */
    private static String whole(Address address) {
        String name = address.parameters().path("name").asText();
        return address.uri().matches("direct|seda") && !name.isEmpty() ? address.uri() + ":" + name : address.uri();
    }

    /** What a template listens to, with anything in place of its parameters. */
    private static Optional<Pattern> pattern(Address address) {
        Matcher matcher = INTERNAL.matcher(whole(address));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var quoted = new ArrayList<String>();
        for (String part : (matcher.group(1) + ":" + matcher.group(2)).split("\\{\\{[^{}]*}}", -1)) {
            quoted.add(Pattern.quote(part));
        }
        return Optional.of(Pattern.compile(String.join(".*", quoted)));
    }

    private Optional<Mistake> badCron(Address address) {
        if (!address.uri().matches("quartz(:.*)?")) {
            return Optional.empty();
        }
        JsonNode parameter = address.parameters().path("cron");
        Matcher inUri = CRON.matcher(address.uri());
        Optional<String> written = parameter.isTextual()
                ? Optional.of(parameter.asText())
                : inUri.find()
                        ? Optional.of(URLDecoder.decode(inUri.group(1), StandardCharsets.UTF_8))
                        : Optional.empty();
        JsonPointer place = parameter.isTextual()
                ? address.place().head().appendProperty("parameters").appendProperty("cron")
                : address.place();
        return written.flatMap(placeholders::resolve)
                .flatMap(cron -> Cron.fault(cron.replace('+', ' ')))
                .map(fault -> address.file().mistake(place, "`cron` " + fault));
    }
}
