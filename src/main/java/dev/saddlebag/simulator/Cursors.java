package dev.saddlebag.simulator;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Cursors of the form {@code s:<session>:<next>} (facts/notion-api.md §2.1). The session proves that this server gave
 * the cursor out for this very list and that cursors were not invalidated since.
 */
final class Cursors {
    private static final Pattern FORM =
            Pattern.compile("s:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):([0-9a-f-]{36})");

    private final Seed secret = new Seed(new SecureRandom().nextLong());
    private final AtomicLong issued = new AtomicLong();
    private final AtomicLong epoch = new AtomicLong();

    /** From now on no cursor that was given out before is accepted. */
    void invalidate() {
        epoch.incrementAndGet();
    }

    /**
     * @param list what identifies the list: endpoint, filter, order
     * @param next the id of the first entry of the next page
     */
    String issue(String list, String next) {
        long nonce = secret.hash(1, issued.incrementAndGet(), 0);
        return "s:" + new UUID(nonce, proof(nonce, list)) + ":" + next;
    }

    /** The id that {@link #issue} put into the cursor. */
    String open(String cursor, String list) {
        var form = FORM.matcher(cursor);
        if (!form.matches()) {
            throw ApiFailure.invalidCursor(cursor);
        }
        UUID session = UUID.fromString(form.group(1));
        if (session.getLeastSignificantBits() != proof(session.getMostSignificantBits(), list)) {
            throw ApiFailure.invalidCursor(cursor);
        }
        return form.group(2);
    }

    private long proof(long nonce, String list) {
        long mixed = secret.hash(2, nonce, epoch.get());
        for (int i = 0; i < list.length(); i++) {
            mixed = Seed.scatter(mixed ^ list.charAt(i));
        }
        return mixed;
    }
}
