package dev.saddlebag.report;

import dev.saddlebag.snapshot.Accepted;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an accepted snapshot has that the one before it had not, and the other way round, as this host knows both.
 *
 * @param since the snapshot before
 * @param pages those with a life of their own, and rows
 * @param databases data sources among them
 */
public record Changes(String since, Count pages, Count databases) {

    /** How many came, went, or are there with another content. */
    public record Count(long added, long removed, long changed) {
        Count plus(Count other) {
            return new Count(added + other.added, removed + other.removed, changed + other.changed);
        }
    }

    /**
     * Compares the snapshot of {@code run} with the one before it; empty when this host does not know both.
     *
     * @param stateOfWorkspace where {@link Accepted} keeps what it knows
     */
    static Optional<Changes> of(Path stateOfWorkspace, String run) throws IOException {
        Optional<String> before = Accepted.before(stateOfWorkspace, run);
        if (before.isEmpty() || Accepted.header(stateOfWorkspace, run).isEmpty()) {
            return Optional.empty();
        }
        Map<ObjectRef, String> then = held(stateOfWorkspace, before.get());
        Map<ObjectRef, String> now = held(stateOfWorkspace, run);
        return Optional.of(new Changes(
                before.get(),
                count(Kind.PAGE, then, now),
                count(Kind.DATABASE, then, now).plus(count(Kind.DATA_SOURCE, then, now))));
    }

    private static Map<ObjectRef, String> held(Path stateOfWorkspace, String run) throws IOException {
        Map<ObjectRef, String> held = new HashMap<>();
        Accepted.stream(stateOfWorkspace, run, account -> {
            if (account.state().isHeld()) {
                held.put(account.object(), content(account));
            } else {
                held.remove(account.object());
            }
        });
        return held;
    }

    /** The hash of its content, of which a part tells it from any other. */
    private static String content(Account account) {
        String sha256 =
                account.line() == null ? "" : account.line().path("sha256").asText();
        return sha256.isEmpty() ? String.valueOf(account.edited()) : sha256.substring(0, 16);
    }

    private static Count count(Kind kind, Map<ObjectRef, String> then, Map<ObjectRef, String> now) {
        long added = 0;
        long changed = 0;
        for (Map.Entry<ObjectRef, String> object : now.entrySet()) {
            String before = then.get(object.getKey());
            if (object.getKey().kind() == kind && before == null) {
                added++;
            } else if (object.getKey().kind() == kind && !before.equals(object.getValue())) {
                changed++;
            }
        }
        long removed = then.keySet().stream()
                .filter(object -> object.kind() == kind && !now.containsKey(object))
                .count();
        return new Count(added, removed, changed);
    }
}
