package dev.saddlebag.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;

/** The account of an object that was collected in full and has nothing in it, until something else is said. */
public final class SampleAccount {
    private final ObjectRef object;
    private State state = State.COLLECTED;
    private String read = "2026-11-01T02:10:00Z";
    private String edited = "2026-10-01T09:00:00.000Z";
    private boolean whole = true;
    private String shown;
    private boolean searched;
    private long blocks;
    private long comments;
    private ObjectRef parent;
    private String block;
    private List<ObjectRef> children = List.of();
    private List<ObjectRef> references = List.of();
    private List<ObjectRef> originals = List.of();
    private List<ObjectRef> vanished = List.of();
    private List<Account.NamedFile> files = List.of();
    private List<Gap> gaps = List.of();
    private List<String> unknown = List.of();
    private ObjectNode line;

    private SampleAccount(ObjectRef object) {
        this.object = object;
    }

    public static SampleAccount of(ObjectRef object) {
        return new SampleAccount(object);
    }

    /** The object of this kind with the id that is this number. */
    public static ObjectRef ref(Kind kind, int number) {
        return new ObjectRef(kind, new UUID(0, number).toString());
    }

    public static ObjectRef page(int number) {
        return ref(Kind.PAGE, number);
    }

    public SampleAccount state(State is) {
        state = is;
        return this;
    }

    public SampleAccount read(String time) {
        read = time;
        return this;
    }

    public SampleAccount edited(String time) {
        edited = time;
        return this;
    }

    public SampleAccount broken() {
        whole = false;
        return this;
    }

    public SampleAccount shown(String hash) {
        shown = hash;
        return this;
    }

    public SampleAccount searched() {
        searched = true;
        return this;
    }

    public SampleAccount blocks(long count) {
        blocks = count;
        return this;
    }

    public SampleAccount comments(long count) {
        comments = count;
        return this;
    }

    public SampleAccount parent(ObjectRef owner) {
        parent = owner;
        return this;
    }

    public SampleAccount block(String id) {
        block = id;
        return this;
    }

    public SampleAccount children(ObjectRef... all) {
        children = List.of(all);
        return this;
    }

    public SampleAccount references(ObjectRef... all) {
        references = List.of(all);
        return this;
    }

    public SampleAccount originals(ObjectRef... all) {
        originals = List.of(all);
        return this;
    }

    public SampleAccount vanished(ObjectRef... all) {
        vanished = List.of(all);
        return this;
    }

    public SampleAccount files(Account.NamedFile... all) {
        files = List.of(all);
        return this;
    }

    public SampleAccount gaps(Gap... all) {
        gaps = List.of(all);
        return this;
    }

    public SampleAccount unknown(String... all) {
        unknown = List.of(all);
        return this;
    }

    public SampleAccount line(ObjectNode inCatalogue) {
        line = inCatalogue;
        return this;
    }

    public Account account() {
        return new Account(
                object,
                state,
                read,
                edited,
                whole,
                shown,
                searched,
                blocks,
                comments,
                1,
                parent,
                block,
                children,
                references,
                originals,
                vanished,
                files,
                gaps,
                unknown,
                line);
    }
}
