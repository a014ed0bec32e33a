package dev.saddlebag.vault;

import java.time.Duration;

/**
 * How patient a prune is (facts/vault-study.md §4.7).
 *
 * @param undelete how long a hidden snapshot can be had back, with all that it needs
 * @param unfinished how long a run may take from its intent to its signature before the intent is taken for a dead one
 * @param youngest what a run of this age or less has written is left alone
 * @param announced how long after its announcement a prune may delete
 * @param leftOver how long an announcement stands that no prune has taken back
 * @param sharePercent the largest part of all data files that goes without being told to
 */
record PruneLimits(
        Duration undelete,
        Duration unfinished,
        Duration youngest,
        Duration announced,
        Duration leftOver,
        int sharePercent) {
    static final PruneLimits STANDARD = new PruneLimits(
            Duration.ofDays(7), Duration.ofDays(7), Duration.ofDays(1), Duration.ofHours(1), Duration.ofDays(7), 25);
}
