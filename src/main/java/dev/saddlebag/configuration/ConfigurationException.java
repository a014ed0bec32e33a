package dev.saddlebag.configuration;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; the message has one line for each mistake. */
public final class ConfigurationException extends RuntimeException {
    private final transient List<Mistake> mistakes;

    public ConfigurationException(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
    }

    /** Every mistake that was found, in reading order. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
