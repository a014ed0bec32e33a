package dev.saddlebag.snapshot;

/** One object of a workspace: a kind and an id, dashed and lower-case. */
public record ObjectRef(Kind kind, String id) {
    @Override
    public String toString() {
        return kind.word() + " " + id;
    }
}
