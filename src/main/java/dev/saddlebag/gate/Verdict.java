package dev.saddlebag.gate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.saddlebag.snapshot.Observations.Weight;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the gate says of a staged snapshot.
 *
 * @param accepted whether it may become the newest good one
 * @param complete whether nothing is missing but what Notion withholds; a partial snapshot is kept, but nothing is
 *     measured against it
 * @param findings the rules that it breaks, and what a person should know besides
 * @param baseline the run that it was compared with; null when there was none
 * @param rules what was measured for each rule, the kept ones too
 * @param count how much there is, by what is counted, such as {@code pages}; for rules of your own
 * @param acceptance who took it although rules were broken; null when nobody had to
 */
@JsonPropertyOrder({
    "accepted",
    "complete",
    "findings",
    "held",
    "word",
    "words",
    "baseline",
    "rules",
    "count",
    "acceptance"
})
@JsonIgnoreProperties(ignoreUnknown = true)
public record Verdict(
        boolean accepted,
        boolean complete,
        List<Finding> findings,
        @JsonInclude(JsonInclude.Include.NON_NULL) String baseline,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Measure> rules,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, Long> count,
        @JsonInclude(JsonInclude.Include.NON_NULL) Acceptance acceptance) {

    /** The {@link #word} for a complete snapshot that may become the newest. */
    static final String ACCEPTED = "accepted";

    /**
     * Something that is wrong or odd.
     *
     * @param rule the name of the rule
     * @param weight whether it holds the snapshot back
     * @param sentence what it is, with names and numbers
     * @param measured what was measured; null when the rule has no number
     * @param limit what was tolerated; null when the rule has none
     * @param examples some of what it is about
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Finding(
            String rule,
            Weight weight,
            String sentence,
            BigDecimal measured,
            BigDecimal limit,
            List<Example> examples) {
        public Finding {
            weight = weight == null ? Weight.FAULT : weight;
            examples = examples == null ? List.of() : List.copyOf(examples);
        }

        /** A broken rule without numbers. */
        public Finding(String rule, String sentence) {
            this(rule, Weight.FAULT, sentence, null, null, List.of());
        }

        boolean isFault() {
            return weight == Weight.FAULT;
        }
    }

    /**
     * One of the objects that a finding is about.
     *
     * @param type Notion's word for its kind
     * @param id its id, dashed
     */
    public record Example(String type, String id, String title) {
        static Example of(Item item) {
            return new Example(item.object().kind().word(), item.object().id(), item.title());
        }
    }

    /**
     * What was measured for a rule.
     *
     * @param what what it was measured of, such as {@code rows of the database "Tasks"}
     * @param measured the number, in the unit of the limit
     * @param kept whether it is within the limit
     */
    public record Measure(String rule, String what, BigDecimal measured, BigDecimal limit, boolean kept) {}

    /**
     * A person's word that a held snapshot is as it should be.
     *
     * @param at when, ISO 8601 in UTC
     * @param because why, in the person's words; empty when nothing was said
     */
    public record Acceptance(String at, String because) {}

    public Verdict {
        findings = List.copyOf(findings);
        rules = rules == null ? List.of() : List.copyOf(rules);
        count = Collections.unmodifiableSortedMap(count == null ? new TreeMap<>() : new TreeMap<>(count));
    }

    /** A verdict that names no measurements. */
    public Verdict(boolean accepted, boolean complete, List<Finding> findings) {
        this(accepted, complete, findings, null, List.of(), new TreeMap<>(), null);
    }

    /** The verdict with a further finding. A fault holds the snapshot back. */
    Verdict and(Finding finding) {
        return new Verdict(
                accepted && !finding.isFault(),
                complete,
                Stream.concat(findings.stream(), Stream.of(finding)).toList(),
                baseline,
                rules,
                count,
                acceptance);
    }

    /** The verdict after a person has taken the snapshot as it is; what was found stays on record. */
    Verdict acceptedBy(Acceptance person) {
        return new Verdict(true, complete, findings, baseline, rules, count, person);
    }

    @JsonProperty("held")
    public boolean held() {
        return !accepted;
    }

    /** The verdict in one word, as records of snapshots show it. */
    @JsonProperty("word")
    public String word() {
        return held() ? "held" : complete ? ACCEPTED : "partial";
    }

    /** The verdict as people read it. */
    @JsonProperty("words")
    public String words() {
        if (acceptance != null) {
            return word() + " by hand";
        }
        return held() || findings.isEmpty() ? word() : word() + " with warnings";
    }

    /** The rules that are broken. */
    public List<Finding> faults() {
        return findings.stream().filter(Finding::isFault).toList();
    }

    /** What a person should know although it holds nothing back. */
    public List<Finding> warnings() {
        return findings.stream().filter(finding -> !finding.isFault()).toList();
    }

    /** The verdict in words. */
    public String sentence() {
        List<Finding> said = faults().isEmpty() ? findings : faults();
        return said.isEmpty()
                ? "No rule is broken."
                : String.join(" ", said.stream().map(Finding::sentence).toList());
    }
}
