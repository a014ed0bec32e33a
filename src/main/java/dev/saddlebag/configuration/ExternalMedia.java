package dev.saddlebag.configuration;

/** Which media that lie outside Notion a run fetches. */
public enum ExternalMedia {
    /** None: their addresses are kept. */
    NONE,
    /** Those on hosts of the internet. Whoever can write a page could otherwise make this host ask its own network. */
    PUBLIC,
    /** Those on hosts of one's own network, too. */
    ANY
}
