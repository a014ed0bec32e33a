package dev.saddlebag.gate;

import dev.saddlebag.snapshot.Counts;
import java.util.Optional;

/**
 * What the rules look at.
 *
 * @param failedGaps what should have been collected and was not
 * @param baseline what the snapshot is compared with; empty at the first run
 */
record Measurement(Counts counts, long failedGaps, Optional<Baseline> baseline) {}
