package dev.saddlebag.configuration;

import java.time.Duration;

/**
 * Which snapshots of a workspace a prune keeps; what one rule keeps, no other takes away.
 *
 * @param last how many of the newest
 * @param within how long every complete one
 * @param daily for how many days the last of each
 * @param weekly for how many weeks the last of each
 * @param monthly for how many months the last of each
 * @param yearly for how many years the last of each
 */
public record KeepSettings(int last, Duration within, int daily, int weekly, int monthly, int yearly) {}
