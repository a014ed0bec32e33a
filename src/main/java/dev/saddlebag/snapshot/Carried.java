package dev.saddlebag.snapshot;

import dev.saddlebag.vault.CarriedOver;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What the snapshot of a run takes over from the one before: objects that were not read again, and files of theirs. */
final class Carried implements CarriedOver {
    private final Accounts accounts;
    private final Set<String> files;
    private final long objects;

    private Carried(Accounts accounts, Set<String> files, long objects) {
        this.accounts = accounts;
        this.files = files;
        this.objects = objects;
    }

    /**
     * What a run carries over.
     *
     * @param needed the hashes of all files that the snapshot names
     */
    static Carried of(Accounts accounts, Set<String> needed, FileTree present) throws IOException {
        Set<String> files = new HashSet<>(needed);
        files.removeIf(present::holds);
        long[] objects = {0};
        accounts.forEach(account -> {
            boolean carried = account.state() == State.CARRIED_OVER
                    && account.object().kind().isStored();
            objects[0] += carried ? 1 : 0;
        });
        return new Carried(accounts, files, objects[0]);
    }

    @Override
    public boolean contains(String path, String sha256) {
        if (path.startsWith("files/")) {
            return files.contains(sha256);
        }
        Optional<Account> account = Catalogue.object(path).flatMap(accounts::of);
        return account.isPresent()
                && account.get().state() == State.CARRIED_OVER
                && account.get().line().path("sha256").asText().equals(sha256);
    }

    @Override
    public long expected() {
        return objects + files.size();
    }
}
