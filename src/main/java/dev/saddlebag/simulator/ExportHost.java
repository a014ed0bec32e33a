package dev.saddlebag.simulator;

/** The machines that take part in a native export; each is a port of its own of this machine. */
public enum ExportHost {
    /** {@code www.notion.so}, and {@code api.notion.com} for the Admin API: the simulator's own address. */
    OLD_WEB_APP,
    /** {@code app.notion.com}. */
    WEB_APP,
    /** {@code file.notion.so}. */
    FILES,
    /** A host that is not Notion's and must get no cookie. */
    FOREIGN
}
