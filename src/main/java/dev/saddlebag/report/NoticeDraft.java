package dev.saddlebag.report;

import java.util.List;

/** The parts of a notice while it is being written. */
final class NoticeDraft {
    private final String id;
    private final Notice.Topic topic;
    private final Notice.Level level;
    private final String workspace;
    private final String at;
    private String headline = "";
    private String sentence = "";
    private Notice.Repeat repeat;
    private Notice.AboutRun run;
    private List<Notice.Amount> holds = List.of();
    private Changes changes;
    private List<Notice.GapCount> gaps = List.of();
    private List<String> failed = List.of();
    private String gate;
    private List<Notice.Got> deliveries = List.of();
    private Notice.Rule rule;
    private Notice.RecoveryPoint recoveryPoint;
    private List<String> toDo = List.of();
    private String nextRun;

    NoticeDraft(String id, Notice.Topic topic, Notice.Level level, String workspace, String at) {
        this.id = id;
        this.topic = topic;
        this.level = level;
        this.workspace = workspace;
        this.at = at;
    }

    NoticeDraft says(String inShort, String inFull) {
        headline = inShort;
        sentence = inFull;
        return this;
    }

    NoticeDraft repeats(Notice.Repeat before) {
        repeat = before;
        return this;
    }

    NoticeDraft about(Notice.AboutRun ended) {
        run = ended;
        return this;
    }

    NoticeDraft holds(List<Notice.Amount> amounts, Changes sinceBefore) {
        holds = amounts;
        changes = sinceBefore;
        return this;
    }

    NoticeDraft lacks(List<Notice.GapCount> byReason, List<String> faults) {
        gaps = byReason;
        failed = faults;
        return this;
    }

    NoticeDraft judged(String words) {
        gate = words;
        return this;
    }

    NoticeDraft delivered(List<Notice.Got> got) {
        deliveries = got;
        return this;
    }

    NoticeDraft safe(Notice.Rule where, Notice.RecoveryPoint newest) {
        rule = where;
        recoveryPoint = newest;
        return this;
    }

    NoticeDraft next(List<String> sentences, String run) {
        toDo = sentences;
        nextRun = run;
        return this;
    }

    Notice notice(Redaction redaction) {
        return new Notice(
                id,
                topic,
                level,
                workspace,
                at,
                redaction.of(headline),
                redaction.of(sentence),
                repeat,
                run,
                holds,
                changes,
                gaps,
                failed.stream().map(redaction::of).toList(),
                gate == null ? null : redaction.of(gate),
                deliveries.stream()
                        .map(got -> new Notice.Got(got.destination(), got.delivered(), redaction.of(got.words())))
                        .toList(),
                rule,
                recoveryPoint,
                toDo.stream().map(redaction::of).toList(),
                nextRun,
                null);
    }
}
