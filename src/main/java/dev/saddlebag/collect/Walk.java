package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Accounts;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.StagingException;
import dev.saddlebag.snapshot.State;
import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The steps that keep the walk through a workspace going. */
public final class Walk {
    private final int width;

    /** Sets how many objects are collected at a time. */
    public Walk(int width) {
        this.width = width;
    }

    /**
     * The frontier of a run. One that was broken off finds it where it left it: what is finished is known, and whatever that
     * revealed comes up again.
     */
    public Frontier frontier(Run run) throws StagingException {
        Frontier frontier = new Frontier(width, run.ledger());
        try {
            Accounts finished = run.ledger().accounts();
            finished.forEach(account -> frontier.know(account.object()));
            for (Kind kind : Kind.values()) {
                for (ObjectRef ref : finished.objects(kind)) {
                    takeUp(run, frontier, run.ledger().of(ref).orElseThrow());
                }
            }
            for (ObjectRef ref : run.staging().allSeen()) {
                if (isNewer(run, ref)) {
                    frontier.addAgain(ref);
                } else {
                    run.staging().dropSeen(ref);
                }
            }
            addFromBefore(run, frontier);
        } catch (IOException disk) {
            throw new StagingException("What the run had collected before it was broken off cannot be read", disk);
        }
        return frontier;
    }

    private static void takeUp(Run run, Frontier frontier, Account account) throws IOException {
        if (!account.isSettled() || !isStaged(run, account)) {
            run.ledger().reopen(account.object());
            frontier.addAgain(account.object());
            return;
        }
        Objects.reveal(run, frontier, account);
    }

    /** A crash of the machine may have kept the account of an object, and lost what it tells of. */
    private static boolean isStaged(Run run, Account account) throws IOException {
        if (account.state() != State.COLLECTED || account.line() == null) {
            return true;
        }
        Path file = run.staging().tree().resolve(account.line().path("path").asText());
        return Files.exists(file)
                && Hashes.of(file).equals(account.line().path("sha256").asText())
                && account.files().stream()
                        .allMatch(named -> run.files().at(named.path()).isPresent());
    }

    private static boolean isNewer(Run run, ObjectRef ref) throws IOException {
        Optional<Account> finished = run.ledger().of(ref);
        if (finished.isEmpty()) {
            return true;
        }
        Optional<ObjectNode> seen = run.staging().seen(ref);
        return seen.isPresent()
                && !seen.get()
                        .path("last_edited_time")
                        .asText()
                        .equals(finished.get().edited());
    }

    /** What search does not show is looked at by other ways, when the depth of the run asks for more than search. */
    private static void addFromBefore(Run run, Frontier frontier) throws IOException {
        if (run.base().isEmpty()) {
            return;
        }
        run.base().get().accounts().forEach(account -> {
            account.originals().forEach(frontier::found);
            ObjectRef ref = account.object();
            boolean row = account.parent() != null && account.parent().kind() == Kind.DATA_SOURCE;
            boolean looked = ref.kind() == Kind.DATA_SOURCE || (ref.kind() == Kind.PAGE && !row && !account.searched());
            if (run.depth() == Depth.CHANGED
                    && looked
                    && account.state().isHeld()
                    && !run.ledger().isSettled(ref)) {
                frontier.addAgain(ref);
            }
        });
    }

    /** Gives the reading the answer to what it asked; one that was given up is not open for any. */
    public void answer(Reading reading, Object answer) throws ListCutOffException, StagingException {
        if (reading.isOpen()) {
            reading.accept((ObjectNode) answer);
        }
    }

    /** Ends the work on one object; the end of the run is the end of the walk. */
    public void done(Run run, Frontier frontier, ObjectRef object) {
        if (run.failure().get() != null) {
            frontier.stop();
        }
        frontier.done(object);
    }

    /** Settles what the run did not read again, and tells whether something turned up that it must. */
    public boolean settle(Run run, Frontier frontier) throws StagingException {
        try {
            if (run.failure().get() == null) {
                new CarryOver(run).settle(frontier);
            }
            return frontier.unfinished();
        } catch (IOException disk) {
            throw new StagingException("What is carried over cannot be written down", disk);
        }
    }

    /** What was edited while the run went on, to be asked for once the walk is over. */
    public Edits edits(Run run, Frontier frontier) {
        return new Edits(run, frontier);
    }

    /** The objects that were met and of which nothing became known: there are none, unless there is a mistake in here. */
    static List<ObjectRef> forgotten(Run run, Frontier frontier) {
        return Arrays.stream(Kind.values())
                .filter(Kind::isStored)
                .flatMap(kind -> frontier.known(kind).stream())
                .filter(ref -> !run.ledger().isSettled(ref))
                .toList();
    }
}
