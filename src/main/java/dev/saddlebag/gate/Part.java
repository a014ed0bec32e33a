package dev.saddlebag.gate;

/** A database with its rows, or a page at the top of the workspace with the pages below it. */
final class Part {
    private final String id;
    private Item item;
    private boolean gone;
    private Fate fate = Fate.NOT_VISIBLE;
    private long before;
    private long now;
    private final Loss loss = new Loss();

    Part(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** The database or page itself, as the last accepted snapshot has it; null when only this one has it. */
    Item item() {
        return item;
    }

    void is(Item itself, boolean isGone) {
        item = itself;
        gone = isGone;
    }

    /** Whether the database or page itself is no longer there. */
    boolean isGone() {
        return gone;
    }

    /** What became of the database or page itself, if it is gone. */
    Fate fate() {
        return fate;
    }

    void fate(Fate known) {
        fate = known;
    }

    void before() {
        before++;
    }

    void now() {
        now++;
    }

    /** How many rows or pages the last accepted snapshot has in it. */
    long hadBefore() {
        return before;
    }

    long hasNow() {
        return now;
    }

    /** What was in it and is nowhere now. */
    Loss loss() {
        return loss;
    }

    /** By how many it shrank; what was moved elsewhere, or made up for by new ones, is no loss. */
    long lost() {
        return Math.max(0, Math.min(loss.count(), before - now));
    }

    String name() {
        return Words.quoted(item.title());
    }
}
