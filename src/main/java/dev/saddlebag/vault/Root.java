package dev.saddlebag.vault;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Why all that a run names must stay (facts/vault-study.md §4.7 step 2); one reason is enough. */
enum Root {
    COMMITTED {
        @Override
        boolean holds(Traces run, Instant now, PruneLimits limits, Set<RunId> wanted) {
            return run.isCommitted() && !run.isHidden();
        }
    },
    HIDDEN_OF_LATE {
        @Override
        boolean holds(Traces run, Instant now, PruneLimits limits, Set<RunId> wanted) {
            return run.hidden()
                    .filter(time -> isOfLate(time, now, limits.undelete()))
                    .isPresent();
        }
    },
    /** A marker that somebody planted must not kill what the rules keep. */
    HIDDEN_BUT_WANTED {
        @Override
        boolean holds(Traces run, Instant now, PruneLimits limits, Set<RunId> wanted) {
            return run.isCommitted() && run.isHidden() && wanted.contains(run.run());
        }
    },
    UNFINISHED_OF_LATE {
        @Override
        boolean holds(Traces run, Instant now, PruneLimits limits, Set<RunId> wanted) {
            return !run.isCommitted() && isOfLate(run.begun(), now, limits.unfinished());
        }
    };

    abstract boolean holds(Traces run, Instant now, PruneLimits limits, Set<RunId> wanted);

    private static boolean isOfLate(Instant time, Instant now, Duration length) {
        return time.plus(length).isAfter(now);
    }
}
