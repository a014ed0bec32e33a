package dev.saddlebag.configuration;

/** Who is asked for Notion's own export. */
public enum ExportProvider {
    /** Notion's web application, with the cookie of a member. */
    WEB,
    /** Notion's Admin API, with the token of an organisation on the plan Enterprise. */
    ADMIN
}
