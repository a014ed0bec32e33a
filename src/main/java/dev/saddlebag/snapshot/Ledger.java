package dev.saddlebag.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The books of one run: what became of every object that was met, what is missing and why. Several threads write into it.
 *
 * <p>Its promise is that silence is impossible: every object ends in one final state, every list that was opened was
 * closed or is a gap, and what is neither counted here nor named as a gap was never heard of.
 */
public final class Ledger {
    private final Accounts accounts;
    private final Map<Kind, Map<State, Long>> states = new EnumMap<>(Kind.class);
    private final SortedMap<String, Long> unknown = new TreeMap<>();
    private final SortedSet<Gap> gapsOfTheWorkspace = new TreeSet<>();
    private final SortedMap<ObjectRef, List<Gap>> gapsOfObjects = new TreeMap<>();
    private final AtomicLong met = new AtomicLong();
    private long blocks;
    private long comments;
    private long files;
    private long fileBytes;

    /** Books that go on from {@code accounts}, which a run that was broken off may have begun. */
    public Ledger(Accounts accounts) throws IOException {
        this.accounts = accounts;
        for (Kind kind : Kind.values()) {
            states.put(kind, new EnumMap<>(State.class));
        }
        accounts.forEach(account -> tally(account, 1));
    }

    /** Counts an object that is to be settled. */
    public void objectMet() {
        met.incrementAndGet();
    }

    /** How many objects are to be settled, as far as is known. */
    public long met() {
        return met.get();
    }

    /** Writes down what became of an object; what was written of it before no longer counts. */
    public synchronized void settle(Account account) throws IOException {
        accounts.of(account.object()).ifPresent(before -> tally(before, -1));
        accounts.add(account);
        tally(account, 1);
    }

    /** Strikes out what was written of an object. */
    public synchronized void reopen(ObjectRef object) {
        accounts.of(object).ifPresent(before -> tally(before, -1));
        accounts.forget(object);
    }

    private synchronized void tally(Account account, long sign) {
        states.get(account.object().kind()).merge(account.state(), sign, Long::sum);
        blocks += sign * account.blocks();
        comments += sign * account.comments();
        account.unknown().forEach(name -> unknown.merge(name, sign, Long::sum));
        if (sign > 0 && !account.gaps().isEmpty()) {
            gapsOfObjects.put(account.object(), account.gaps());
        } else if (sign < 0) {
            gapsOfObjects.remove(account.object());
        }
    }

    /** What is written of an object. */
    public Optional<Account> of(ObjectRef object) {
        return accounts.of(object);
    }

    public boolean isSettled(ObjectRef object) {
        return accounts.has(object);
    }

    public Accounts accounts() {
        return accounts;
    }

    /** Counts a file whose bytes the snapshot did not hold yet. */
    public synchronized void file(long bytes) {
        files++;
        fileBytes += bytes;
    }

    /** Corrects the count of the files, once it is known which of them the snapshot needs. */
    public synchronized void files(Collection<StoredFile> all) {
        files = all.size();
        fileBytes = all.stream().mapToLong(StoredFile::size).sum();
    }

    /** Takes up the count of the files as it was when the books were closed. */
    public synchronized void files(long number, long bytes) {
        files = number;
        fileBytes = bytes;
    }

    /** Names something that is missing of the workspace as a whole. */
    public synchronized void gap(Gap gap) {
        gapsOfTheWorkspace.add(gap);
    }

    /** What is missing of the workspace as a whole. */
    public synchronized List<Gap> gapsOfTheWorkspace() {
        return List.copyOf(gapsOfTheWorkspace);
    }

    /** Whether Notion has said before that the connection may not read {@code what}. */
    public synchronized boolean isDenied(String what) {
        return gapsOfTheWorkspace.stream()
                .anyMatch(gap -> gap.object().equals(what) && gap.reason() == Gap.Reason.NOT_PERMITTED);
    }

    /** What this version of Saddlebag does not know, with how often it occurs; it is kept all the same. */
    public synchronized SortedMap<String, Long> unknown() {
        SortedMap<String, Long> found = new TreeMap<>(unknown);
        found.values().removeIf(times -> times == 0);
        return found;
    }

    public synchronized Counts counts() {
        return new Counts(
                held(Kind.PAGE),
                held(Kind.DATABASE),
                held(Kind.DATA_SOURCE),
                held(Kind.VIEW),
                blocks,
                comments,
                files,
                fileBytes);
    }

    private long held(Kind kind) {
        return count(kind, State.COLLECTED) + count(kind, State.CARRIED_OVER);
    }

    /** How many objects of a kind are in a state. */
    public synchronized long count(Kind kind, State state) {
        return states.get(kind).getOrDefault(state, 0L);
    }

    /** Whether no object was read anew and nothing is missing that was there before. */
    public synchronized boolean nothingNew() {
        return states.values().stream().noneMatch(ofKind -> ofKind.getOrDefault(State.COLLECTED, 0L) > 0)
                && gapsOfTheWorkspace.stream().noneMatch(gap -> gap.reason().isFault());
    }

    /** How many objects have been settled. */
    public synchronized long settled() {
        return states.values().stream()
                .flatMap(ofKind -> ofKind.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** All gaps so far, in an order that does not depend on the order in which they were met. */
    public synchronized List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>(gapsOfTheWorkspace);
        gapsOfObjects.values().forEach(gaps::addAll);
        return gaps.stream().distinct().sorted().toList();
    }

    /** Whether nothing is missing but what is withheld. */
    public boolean complete() {
        return gaps().stream().noneMatch(gap -> gap.reason().isFault());
    }

    /** What stands in {@code completeness.json} of a snapshot that was collected through the API. */
    public ObjectNode toJson(Depth depth) {
        return toJson(Source.API, depth);
    }

    /** What stands in {@code completeness.json}. */
    public ObjectNode toJson(Source source, Depth depth) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("complete", complete());
        json.set("counts", Json.MAPPER.valueToTree(counts()));
        ObjectNode objects = json.putObject("objects");
        synchronized (this) {
            states.forEach((kind, ofKind) -> {
                ObjectNode ofThisKind = objects.putObject(kind.word());
                ofKind.forEach((state, count) -> {
                    if (count > 0) {
                        ofThisKind.put(state.word(), count);
                    }
                });
            });
        }
        json.set("gaps", Json.MAPPER.valueToTree(gaps()));
        json.set("unknown", Json.MAPPER.valueToTree(unknown()));
        json.set("blind_spots", Json.MAPPER.valueToTree(BlindSpots.of(source)));
        json.set("blind_spots_of_depth", Json.MAPPER.valueToTree(BlindSpots.of(source, depth)));
        if (source == Source.API) {
            json.set("not_collected", Json.MAPPER.valueToTree(BlindSpots.OF_THIS_VERSION));
        }
        return json;
    }

    /** The line of an object in {@code ledger.jsonl}: its final state, and when it was read. */
    static ObjectNode line(Account account) {
        ObjectNode line = Json.MAPPER
                .createObjectNode()
                .put("id", account.object().id())
                .put("type", account.object().kind().word())
                .put("state", account.state().word());
        return account.read() == null ? line : line.put("read", account.read());
    }
}
