package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.simulator.RequestLog;
import dev.saddlebag.simulator.Truth;
import dev.saddlebag.simulator.TruthOptions;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Accounts;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run that was killed had finished, as its staging directory shows: none of it may be asked for again.
 *
 * @param ids of the objects that are settled, and of the blocks on them
 * @param addresses of the files whose bytes have arrived, without their queries
 * @param workspace whether the users, the emojis, the trash and what search knows were read to their ends
 */
record Finished(Set<String> ids, Set<String> addresses, boolean workspace) {
    static final Finished NOTHING = new Finished(Set.of(), Set.of(), false);

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** These blocks are objects of their own, with contents of their own. */
    private static final Set<String> OBJECTS_OF_THEIR_OWN = Set.of("child_page", "child_database");

    static Finished in(Lab lab) throws IOException {
        Path staging = lab.staging();
        Set<String> ids = new HashSet<>();
        Accounts accounts = accounts(staging);
        for (Kind kind : Kind.values()) {
            accounts.forEach(kind, account -> {
                if (account.isSettled()) {
                    ids.add(account.object().id());
                    blocks(staging, account, ids);
                }
            });
        }
        return new Finished(ids, addresses(lab, staging), Files.exists(staging.resolve("workspace.json")));
    }

    /** Reads a copy, since whoever opens the accounts mends them. */
    private static Accounts accounts(Path staging) throws IOException {
        Path copy = staging.resolveSibling("accounts-as-found.jsonl");
        Path original = staging.resolve("accounts.jsonl");
        Files.write(copy, Files.exists(original) ? Files.readAllBytes(original) : new byte[0]);
        return Accounts.open(copy);
    }

    private static void blocks(Path staging, Account account, Set<String> ids) {
        Path stored = staging.resolve("tree")
                .resolve(account.object().kind().path(account.object().id()));
        if (account.object().kind() == Kind.PAGE && Files.exists(stored)) {
            try {
                collectBlocks(Json.MAPPER.readTree(Files.readAllBytes(stored)).path("blocks"), ids);
            } catch (IOException unreadable) {
                throw new AssertionError(account.object() + " is settled and not whole", unreadable);
            }
        }
    }

    static void collectBlocks(JsonNode blocks, Set<String> ids) {
        for (JsonNode block : blocks) {
            if (!OBJECTS_OF_THEIR_OWN.contains(block.path("type").asText())) {
                ids.add(block.path("id").asText());
            }
            collectBlocks(block.path("children"), ids);
        }
    }

    /** Of the addresses that have been answered, those whose bytes have reached the disk. */
    private static Set<String> addresses(Lab lab, Path staging) throws IOException {
        Set<String> answered = lab.notion().requests().entries().stream()
                .filter(entry -> entry.kind().equals("file") && entry.status() == 200 && entry.whole())
                .map(entry -> withoutQuery(entry.path()))
                .collect(Collectors.toSet());
        Set<String> hashes = hashesOfFiles(staging);
        return lab.notion().truth(TruthOptions.complete()).files().values().stream()
                .filter(file -> hashes.contains(file.sha256()))
                .map(Truth.FileEntry::path)
                .map(path -> withoutQuery(path.substring(lab.notion().baseUrl().length())))
                .filter(answered::contains)
                .collect(Collectors.toSet());
    }

    private static Set<String> hashesOfFiles(Path staging) throws IOException {
        Path folder = staging.resolve("tree/files");
        Set<String> hashes = new HashSet<>();
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    hashes.add(Hashes.of(file));
                }
            }
        }
        return hashes;
    }

    /** The same without what was edited after it was read. */
    Finished without(Collection<String> edited) {
        Set<String> left = new HashSet<>(ids);
        left.removeAll(edited);
        return new Finished(left, addresses, workspace);
    }

    /** Fails with the requests for something that was finished. */
    void assertNotAskedForIn(List<RequestLog.Entry> requests) {
        assertThat(requests.stream().filter(this::asksForIt).map(RequestLog.Entry::path))
                .isEmpty();
    }

    private boolean asksForIt(RequestLog.Entry entry) {
        return switch (entry.kind()) {
            case "me" -> false;
            case "search" -> workspace && isOfTheTrash(entry);
            case "users", "custom_emojis" -> workspace;
            case "file" -> addresses.contains(withoutQuery(entry.path()));
            default -> ID.matcher(entry.path()).results().anyMatch(id -> ids.contains(id.group()));
        };
    }

    private static boolean isOfTheTrash(RequestLog.Entry search) {
        return search.body().contains("in_trash");
    }

    private static String withoutQuery(String address) {
        int query = address.indexOf('?');
        return query < 0 ? address : address.substring(0, query);
    }
}
