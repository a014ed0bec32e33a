package dev.saddlebag.render;

/**
 * Where a link leads.
 *
 * @param address as Notion gives it
 * @param object the id, dashed, of the Notion object that the address is of; empty for addresses elsewhere
 */
public record Link(String address, String object) {
    public static final Link NONE = new Link("", "");

    /** Whether it leads nowhere. */
    public boolean isNone() {
        return address.isEmpty() && object.isEmpty();
    }
}
