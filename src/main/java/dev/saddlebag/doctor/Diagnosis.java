package dev.saddlebag.doctor;

import java.util.List;

/** Everything that was found. */
public record Diagnosis(List<Finding> findings) {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int CONFIGURATION = 2;
    private static final int REFUSED = 6;

    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /**
     * How the command ends: 2 when the configuration has mistakes, else 6 when Notion refuses credentials, else 1 when
     * anything else has failed. Warnings change nothing.
     */
    public int exitCode() {
        if (hasFailed(Area.CONFIGURATION)) {
            return CONFIGURATION;
        }
        if (hasFailed(Area.CREDENTIALS)) {
            return REFUSED;
        }
        return count(Level.FAILED) > 0 ? FAILED : OK;
    }

    /** How many findings there are of a level. */
    public long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private boolean hasFailed(Area area) {
        return findings.stream().anyMatch(finding -> finding.area() == area && finding.level() == Level.FAILED);
    }
}
