package dev.saddlebag.snapshot;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run has noticed of the snapshot as a whole, for the gate to judge: sentences about what is wrong or odd, and
 * numbers that it compares with those of the last accepted snapshot. Several threads write into it.
 */
public final class Observations {
    /** How much a remark weighs. */
    public enum Weight {
        /** The snapshot must not replace a good one. */
        FAULT,
        /** A person should know, and the snapshot is good all the same. */
        WARNING;

        /** The weight as machines read it. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something that is wrong or odd.
     *
     * @param rule the name under which the gate shows it, such as {@code export-rows}
     * @param sentence what it is, with names and numbers, for people
     */
    public record Remark(String rule, Weight weight, String sentence) {}

    private final List<Remark> remarks = new ArrayList<>();
    private final SortedMap<String, Long> numbers = new TreeMap<>();

    /** Notes what must hold the snapshot back. */
    public synchronized void fault(String rule, String sentence) {
        remarks.add(new Remark(rule, Weight.FAULT, sentence));
    }

    /** Notes what a person should know. */
    public synchronized void warn(String rule, String sentence) {
        remarks.add(new Remark(rule, Weight.WARNING, sentence));
    }

    /** Notes a number, in the place of what was noted of {@code what} before. */
    public synchronized void number(String what, long number) {
        numbers.put(what, number);
    }

    /** All remarks, in the order in which they were made. */
    public synchronized List<Remark> remarks() {
        return List.copyOf(remarks);
    }

    /** All numbers, by what they count, such as {@code dead-links-to-pages}. */
    public synchronized SortedMap<String, Long> numbers() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
    }

    /** All of it, to be taken up again by {@link #addAll}. */
    public synchronized ObjectNode toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("remarks", Json.MAPPER.valueToTree(remarks));
        json.set("numbers", Json.MAPPER.valueToTree(numbers));
        return json;
    }

    /** Takes up what {@link #toJson} gave. */
    public synchronized void addAll(JsonNode json) {
        for (JsonNode remark : json.path("remarks")) {
            Weight weight = remark.path("weight").asText().equals(Weight.FAULT.word()) ? Weight.FAULT : Weight.WARNING;
            remarks.add(new Remark(
                    remark.path("rule").asText(),
                    weight,
                    remark.path("sentence").asText()));
        }
        json.path("numbers")
                .propertyStream()
                .forEach(
                        number -> numbers.put(number.getKey(), number.getValue().asLong()));
    }
}
