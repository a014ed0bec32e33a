package dev.saddlebag.configuration;

/** Which comments a run collects. */
public enum Comments {
    /** Those of each page. */
    PAGE,
    /** Those of each page and of each of its blocks, with one request a block. */
    BLOCK,
    /** None. */
    NONE
}
