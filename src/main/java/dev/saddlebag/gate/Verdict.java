package dev.saddlebag.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * What the gate says of a staged snapshot.
 *
 * @param accepted whether it may become the newest good one
 * @param complete whether nothing is missing but what Notion withholds; a partial snapshot is kept, but nothing is
 *     measured against it
 * @param findings the rules that it breaks
 */
@JsonPropertyOrder({"accepted", "complete", "findings", "held", "word"})
public record Verdict(boolean accepted, boolean complete, List<Finding> findings) {

    /** The {@link #word} for a complete snapshot that broke no rule. */
    static final String ACCEPTED = "accepted";

    /** A broken rule, with the sentence that says how. */
    public record Finding(String rule, String sentence) {}

    public Verdict {
        findings = List.copyOf(findings);
    }

    @JsonProperty("held")
    public boolean held() {
        return !accepted;
    }

    /** The verdict in one word, as records and reports show it. */
    @JsonProperty("word")
    public String word() {
        return held() ? "held" : complete ? ACCEPTED : "partial";
    }

    /** The verdict in words. */
    public String sentence() {
        return findings.isEmpty()
                ? "No rule is broken."
                : String.join(" ", findings.stream().map(Finding::sentence).toList());
    }
}
