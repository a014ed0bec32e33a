package dev.saddlebag.vault;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown when what a vault holds is not what was written; {@link #findings} says what and which paths it concerns. */
public final class DamageException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 5;

    private final transient List<Finding> findings;

    DamageException(String message, List<Finding> findings) {
        super(message
                + findings.stream().limit(SHOWN).map(Finding::toString).collect(Collectors.joining("; "))
                + (findings.size() > SHOWN ? "; and " + (findings.size() - SHOWN) + " more" : ""));
        this.findings = List.copyOf(findings);
    }

    public List<Finding> findings() {
        return findings;
    }
}
