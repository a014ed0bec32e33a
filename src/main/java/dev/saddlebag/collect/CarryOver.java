package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Accounts;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run takes over from the snapshot before it. A run that reads everything has no such snapshot, and takes over
 * nothing.
 */
final class CarryOver {
    /**
     * Notion dates edits by the minute and rounds down, and its clock is not ours (facts/notion-api.md §6.1): an object that
     * was read less than this after its last edit may have been edited once more in between.
     */
    static final Duration OVERLAP = Duration.ofMinutes(5);

    private final Run run;

    CarryOver(Run run) {
        this.run = run;
    }

    /** What is known of the object from before. */
    Optional<Account> before(ObjectRef ref) {
        return run.base().flatMap(base -> base.accounts().of(ref));
    }

    /** Whether the object stays as it is known from before unless something new becomes known of it. */
    boolean keeps(ObjectRef ref) {
        return before(ref).filter(Account::isSettled).isPresent();
    }

    /** Whether the object, as Notion shows it now, is what it was when it was read. */
    boolean isUntouched(ObjectRef ref, ObjectNode shown) {
        return before(ref)
                .filter(account -> account.isSettled() && account.state().isHeld())
                .filter(account -> !isEditedSince(account.read(), account.edited()))
                .filter(account -> ShownHash.of(shown).equals(account.shown()))
                .isPresent();
    }

    /** Whether an object may have been edited after it was read. */
    static boolean isEditedSince(String read, String edited) {
        return edited != null && !instant(edited).plus(OVERLAP).isBefore(instant(read));
    }

    static Instant instant(String time) {
        return OffsetDateTime.parse(time).toInstant();
    }

    /**
     * Settles what is still open from before and was not read again. What lies in the trash is gone, and so are the rows of
     * a data source that is gone. What else stood in something that is gone is looked at once more, since it may have been
     * moved, and what is below that has to wait.
     */
    void settle(Frontier frontier) throws IOException {
        if (run.base().isEmpty()) {
            return;
        }
        Accounts before = run.base().get().accounts();
        Decisions decisions = new Decisions(before, owners(before));
        for (Kind kind : Kind.values()) {
            for (ObjectRef ref : before.objects(kind)) {
                if (!run.ledger().isSettled(ref)) {
                    apply(frontier, ref, decisions.of(ref), decisions.owners.get(ref));
                }
            }
        }
    }

    /**
     * Has those pages read again in which an object has come up or from which it is gone: Notion does not date that for
     * them (facts/notion-api.md §6.1).
     */
    void readOwnersAgain(Frontier frontier, Account account) {
        if (run.base().isEmpty() || account.state() == State.CARRIED_OVER) {
            return;
        }
        Optional<ObjectRef> owner = Optional.ofNullable(account.parent());
        Optional<ObjectRef> ownerBefore = before(account.object()).map(Account::parent);
        if (!owner.equals(ownerBefore)) {
            owner.ifPresent(page -> readAgain(frontier, page));
            ownerBefore.ifPresent(page -> readAgain(frontier, page));
        }
    }

    /** Has a page read again that would otherwise be carried over. */
    void readAgain(Frontier frontier, ObjectRef page) {
        boolean isReadAlready = run.ledger()
                .of(page)
                .filter(account -> account.state() != State.CARRIED_OVER)
                .isPresent();
        if (page.kind() == Kind.PAGE && keeps(page) && !isReadAlready) {
            frontier.readAgain(page);
        }
    }

    private void apply(Frontier frontier, ObjectRef ref, Decision decision, ObjectRef owner) throws IOException {
        Account account = before(ref).orElseThrow();
        if ((decision == Decision.IS_TRASHED || decision == Decision.IS_NOT_SHARED) && owner != null) {
            readAgain(frontier, owner);
        }
        switch (decision) {
            case STAYS -> settle(frontier, account.carriedOver());
            case IS_TRASHED -> settle(frontier, account.gone(State.TRASHED));
            case IS_NOT_SHARED -> settle(frontier, account.gone(State.NOT_SHARED));
            case LOOK_AGAIN -> frontier.lookAt(ref);
            case WAIT -> {}
        }
    }

    private void settle(Frontier frontier, Account account) throws IOException {
        frontier.know(account.object());
        run.ledger().settle(account);
    }

    private enum Decision {
        STAYS,
        IS_TRASHED,
        IS_NOT_SHARED,
        LOOK_AGAIN,
        WAIT;

        private boolean isGone() {
            return this == IS_TRASHED || this == IS_NOT_SHARED;
        }
    }

    /** What becomes of each object of before, which depends on what becomes of those that it stands in. */
    private final class Decisions {
        private final Accounts before;
        private final Map<ObjectRef, ObjectRef> owners;
        private final Map<ObjectRef, Decision> made = new HashMap<>();

        Decisions(Accounts before, Map<ObjectRef, ObjectRef> owners) {
            this.before = before;
            this.owners = owners;
        }

        Decision of(ObjectRef ref) {
            Decision known = made.get(ref);
            if (known != null) {
                return known;
            }
            // Should objects stand in each other in a ring, this ends it.
            made.put(ref, Decision.STAYS);
            Decision decision = decide(ref);
            made.put(ref, decision);
            return decision;
        }

        private Decision decide(ObjectRef ref) {
            Optional<State> now = run.ledger().of(ref).map(Account::state);
            if (now.isPresent() || !before.has(ref)) {
                return now.map(Decisions::ofState).orElse(Decision.STAYS);
            }
            Account account = before.of(ref).orElseThrow();
            if (!account.isSettled()) {
                return Decision.LOOK_AGAIN;
            }
            if (run.trash().holds(ref)) {
                return Decision.IS_TRASHED;
            }
            if (ref.kind() == Kind.DATABASE && hasLostItsDataSources(account)) {
                return Decision.LOOK_AGAIN;
            }
            ObjectRef owner = owners.get(ref);
            Decision ofOwner = owner == null ? Decision.STAYS : of(owner);
            if (ofOwner == Decision.STAYS || !account.state().isHeld()) {
                return Decision.STAYS;
            }
            if (!ofOwner.isGone()) {
                return Decision.WAIT;
            }
            boolean cannotLiveElsewhere = owner.kind() == Kind.DATA_SOURCE || ref.kind() == Kind.VIEW;
            return cannotLiveElsewhere ? ofOwner : Decision.LOOK_AGAIN;
        }

        private boolean hasLostItsDataSources(Account database) {
            List<ObjectRef> dataSources = database.children().stream()
                    .filter(child -> child.kind() == Kind.DATA_SOURCE)
                    .toList();
            return !dataSources.isEmpty()
                    && dataSources.stream().allMatch(child -> of(child).isGone());
        }

        private static Decision ofState(State state) {
            return switch (state) {
                case TRASHED -> Decision.IS_TRASHED;
                case NOT_SHARED -> Decision.IS_NOT_SHARED;
                default -> Decision.STAYS;
            };
        }
    }

    /** Which object each one stood in. */
    private static Map<ObjectRef, ObjectRef> owners(Accounts before) throws IOException {
        Map<ObjectRef, ObjectRef> owners = new HashMap<>();
        before.forEach(account -> {
            if (account.parent() != null) {
                owners.putIfAbsent(account.object(), account.parent());
            }
            account.children().forEach(child -> owners.put(child, account.object()));
        });
        return owners;
    }
}
