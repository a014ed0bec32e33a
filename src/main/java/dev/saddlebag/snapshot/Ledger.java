package dev.saddlebag.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The books of one run: what was collected, what is missing and why. Several threads write into it.
 *
 * <p>Its promise is that silence is impossible: what is neither counted here nor named as a gap was never heard of.
 */
public final class Ledger {
    private final Map<Kind, AtomicLong> collected = new EnumMap<>(Kind.class);
    private final Map<String, Long> unknownTypes = new TreeMap<>();
    private final List<Gap> gaps = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong met = new AtomicLong();
    private final AtomicLong blocks = new AtomicLong();
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong fileBytes = new AtomicLong();

    public Ledger() {
        for (Kind kind : Kind.values()) {
            collected.put(kind, new AtomicLong());
        }
    }

    /** Counts an object that is to be collected. */
    public void objectMet() {
        met.incrementAndGet();
    }

    /** How many objects are to be collected, as far as is known. */
    public long met() {
        return met.get();
    }

    public void collected(Kind kind, long itsBlocks) {
        collected.get(kind).incrementAndGet();
        blocks.addAndGet(itsBlocks);
    }

    /** Counts a file whose bytes the snapshot did not hold yet. */
    public void file(long bytes) {
        files.incrementAndGet();
        fileBytes.addAndGet(bytes);
    }

    public void gap(Gap gap) {
        gaps.add(gap);
    }

    /** Notes a type of block or property that this version does not know; the object is kept as it came. */
    public void unknownType(String type) {
        synchronized (unknownTypes) {
            unknownTypes.merge(type, 1L, Long::sum);
        }
    }

    public long count(Kind kind) {
        return collected.get(kind).get();
    }

    public Counts counts() {
        return new Counts(
                count(Kind.PAGE),
                count(Kind.DATABASE),
                count(Kind.DATA_SOURCE),
                blocks.get(),
                files.get(),
                fileBytes.get());
    }

    /** All gaps so far, in an order that does not depend on the order in which they were met. */
    public List<Gap> gaps() {
        synchronized (gaps) {
            return gaps.stream().sorted().toList();
        }
    }

    /** Whether nothing is missing but what Notion itself withholds. */
    public boolean complete() {
        synchronized (gaps) {
            return gaps.stream().allMatch(gap -> gap.reason().withheldByNotion());
        }
    }

    /** What stands in {@code completeness.json}. */
    public ObjectNode toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("complete", complete());
        json.set("counts", Json.MAPPER.valueToTree(counts()));
        json.set("gaps", Json.MAPPER.valueToTree(gaps()));
        synchronized (unknownTypes) {
            json.set("unknown_types", Json.MAPPER.valueToTree(unknownTypes));
        }
        json.set("blind_spots", Json.MAPPER.valueToTree(BlindSpots.OF_THE_API));
        json.set("not_collected", Json.MAPPER.valueToTree(BlindSpots.OF_THIS_VERSION));
        return json;
    }
}
