package dev.saddlebag.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a finding is about. */
public enum Area {
    CONFIGURATION,
    STATE,
    CREDENTIALS,
    NOTION,
    DESTINATION,
    VERIFICATION,
    RUNS,
    CHANNEL;

    /** The area as machines and people read it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
