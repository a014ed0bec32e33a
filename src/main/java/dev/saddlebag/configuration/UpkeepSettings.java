package dev.saddlebag.configuration;

import java.time.Duration;
import java.util.Optional;

/**
 * What is done to the vaults of a workspace between its runs.
 *
 * @param verifySchedule the cron expression of the verifications
 * @param verifyCycle within how long each stored file is read and compared once; zero when none is read
 * @param pruneSchedule the cron expression of the prunes; empty for never
 */
public record UpkeepSettings(String verifySchedule, Duration verifyCycle, Optional<String> pruneSchedule) {}
