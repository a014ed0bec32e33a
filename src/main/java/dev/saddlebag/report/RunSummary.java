package dev.saddlebag.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.saddlebag.gate.Verdict;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.snapshot.Gap;
import java.util.List;
import java.util.Map;

/**
 * What became of a run, for people and machines: what stands in {@code run_summary.json}.
 *
 * @param run the id of the run and of its snapshot
 * @param depth how much it read again
 * @param source where the content comes from: {@code api} or {@code export}
 * @param collectedBecause why that is not the first source of the workspace; null when it is
 * @param started when it began, ISO 8601 in UTC
 * @param finished when it ended
 * @param requests how many requests were sent to Notion
 * @param unknown what this version does not know, with how often it occurs; it is kept all the same
 * @param verdict what the gate said; null when the run did not get that far
 * @param deliveries what the destinations got, one each
 * @param changes what is different from the snapshot before; null when no snapshot was accepted, or that before is not known
 * @param failure why the run failed, in words; null when it did not
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSummary(
        String run,
        String workspace,
        String depth,
        String source,
        String collectedBecause,
        String started,
        String finished,
        Outcome outcome,
        Counts counts,
        long requests,
        List<Gap> gaps,
        Map<String, Long> unknown,
        Verdict verdict,
        List<Delivery> deliveries,
        Changes changes,
        String failure) {

    public RunSummary {
        gaps = List.copyOf(gaps);
        deliveries = List.copyOf(deliveries);
    }

    /** The exit code that stands for the outcome. */
    @JsonProperty("exit_code")
    public int exitCode() {
        return outcome.exitCode();
    }

    /** Whether the run made no snapshot although it should have. */
    @JsonIgnore
    public boolean isFailure() {
        return outcome == Outcome.FAILED || outcome == Outcome.REFUSED;
    }

    /** The whole summary in one sentence. */
    public String sentence() {
        return switch (outcome) {
            case COMPLETE ->
                workspace + ": snapshot " + run + " is complete and delivered to "
                        + String.join(
                                ", ",
                                deliveries.stream().map(Delivery::destination).toList()) + ".";
            case UNCHANGED ->
                workspace + ": nothing has changed since the last snapshot, as far as search shows; none was made.";
            case PARTIAL -> workspace + ": snapshot " + run + " is partial, " + gaps.size() + " gaps are named in it.";
            case HELD -> workspace + ": snapshot " + run + " is held back. " + verdict.sentence();
            case UNDELIVERED -> workspace + ": snapshot " + run + " is accepted, but not every destination has it.";
            case REFUSED, FAILED -> workspace + ": run " + run + " failed. " + failure;
        };
    }
}
