package dev.saddlebag.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Locale;

/**
 * What is to be told about a workspace: what the templates of messages can use, and what a web hook gets as JSON. All texts
 * are for people, and no secret stands in them.
 *
 * @param id tells notices apart; a notice that is told again for want of an answer keeps it
 * @param at when it was written, ISO 8601 in UTC
 * @param headline the verdict, in a few words
 * @param sentence the verdict, in full
 * @param repeat how often the same was the case before; null for the first time
 * @param run the run that it is about; null when it is about none
 * @param holds how much the snapshot has
 * @param changes what is different from the snapshot before; null when this is not known
 * @param gaps what the snapshot does not have, by reason
 * @param failed the first of those gaps that are faults, in words
 * @param gate what the gate said, in words; null when it was not asked
 * @param deliveries what the destinations got
 * @param rule whether the newest accepted snapshot is where the rule 3-2-1 wants it; null without any
 * @param recoveryPoint what could be restored now; null when nothing could
 * @param toDo what to do now, in sentences; empty for nothing
 * @param nextRun when the next run begins by the schedule, in words; null when never
 * @param delayed why this comes late; null when it does not
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Notice(
        String id,
        Topic topic,
        Level level,
        String workspace,
        String at,
        String headline,
        String sentence,
        Repeat repeat,
        AboutRun run,
        List<Amount> holds,
        Changes changes,
        List<GapCount> gaps,
        List<String> failed,
        String gate,
        List<Got> deliveries,
        @JsonProperty("rule_3_2_1") Rule rule,
        RecoveryPoint recoveryPoint,
        List<String> toDo,
        String nextRun,
        String delayed) {

    /** What a notice is about. */
    public enum Topic {
        /** The end of a run. */
        RUN,
        /** The end of a trouble. */
        RECOVERED,
        /** Too long a time without an accepted snapshot. */
        STALE,
        /** What a verification or a prune has found. */
        UPKEEP,
        /** A snapshot, to those who get it by message. */
        SNAPSHOT,
        /** Nothing but whether it arrives. */
        TEST;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who should look. */
    public enum Level {
        /** Nobody. */
        OK,
        /** Somebody, today. */
        WARNING,
        /** Somebody, now. */
        PROBLEM;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * That it was so before.
     *
     * @param times how often, this time included
     * @param since the first time, in the time zone of the workspace
     * @param words both in words
     */
    public record Repeat(int times, String since, String words) {}

    /**
     * The run.
     *
     * @param outcome the word of an {@link Outcome}
     * @param took how long it took, in words
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record AboutRun(
            String id,
            String outcome,
            int exitCode,
            String depth,
            String started,
            String finished,
            String took,
            long requests) {}

    /** How many of something, as people write it. */
    public record Amount(String name, String amount) {}

    /** How many gaps have one reason. */
    public record GapCount(String reason, String words, long count) {}

    /** What one destination got. */
    public record Got(String destination, boolean delivered, String words) {}

    /** Whether 3-2-1 holds, and why. */
    public record Rule(boolean holds, String words) {}

    /** The newest accepted snapshot. */
    public record RecoveryPoint(String snapshot, String at, String age, String words) {}

    public Notice {
        holds = List.copyOf(holds);
        gaps = List.copyOf(gaps);
        failed = List.copyOf(failed);
        deliveries = List.copyOf(deliveries);
        toDo = List.copyOf(toDo);
    }

    /** Whether channels that bring nothing but problems bring it. */
    public boolean isAlarm() {
        return level != Level.OK || topic != Topic.RUN;
    }

    /** The same, as it is told again later. */
    Notice late(String why) {
        return new Notice(
                id,
                topic,
                level,
                workspace,
                at,
                headline,
                sentence,
                repeat,
                run,
                holds,
                changes,
                gaps,
                failed,
                gate,
                deliveries,
                rule,
                recoveryPoint,
                toDo,
                nextRun,
                why);
    }
}
