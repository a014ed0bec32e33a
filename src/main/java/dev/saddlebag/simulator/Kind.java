package dev.saddlebag.simulator;

/** What an id of the sample workspace names. */
enum Kind {
    WORKSPACE,
    PAGE,
    BLOCK,
    DATABASE,
    DATA_SOURCE,
    VIEW,
    COMMENT,
    DISCUSSION,
    USER,
    CUSTOM_EMOJI,
    FILE,
    OPTION,
    AGENT
}
