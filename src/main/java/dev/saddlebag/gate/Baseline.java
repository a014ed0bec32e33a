package dev.saddlebag.gate;

import dev.saddlebag.snapshot.Counts;

/**
 * The last accepted complete snapshot, against which the next one is measured.
 *
 * @param run its id
 */
public record Baseline(String run, Counts counts) {}
