package dev.saddlebag.configuration;

/** What the destinations of a kind hold; the Kamelet of the kind says it in its label {@code saddlebag.dev/holds}. */
public enum Holds {
    /** Vaults: whole, signed, to be restored and copied from. The default. */
    VAULT,
    /** Readable trees, made of what the vaults hold. Nothing is restored from them. */
    TREE,
    /** Nothing: a message about each snapshot goes there, and nobody can look afterwards what has arrived. */
    MESSAGE
}
