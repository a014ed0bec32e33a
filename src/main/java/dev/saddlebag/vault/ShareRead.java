package dev.saddlebag.vault;

import java.time.Instant;
import java.util.List;

/**
 * What a verification of a share of one destination found.
 *
 * @param findings what is wrong or worth knowing, as {@link Vault#verify} tells it
 * @param files how many stored files it read
 * @param bytes their size
 * @param all how many stored files the snapshots need
 * @param oldest when the file was read that was not read for the longest
 */
public record ShareRead(List<Finding> findings, int files, long bytes, int all, Instant oldest) {
    public ShareRead {
        findings = List.copyOf(findings);
    }
}
