package dev.saddlebag.configuration;

/** How the content of a workspace is collected. */
public enum Source {
    /** Through Notion's public REST API, with the token of an integration. */
    API,
    /** By Notion's own export of the whole workspace, with the cookies of a member. */
    EXPORT
}
