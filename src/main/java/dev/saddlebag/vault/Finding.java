package dev.saddlebag.vault;

import java.util.List;

/**
 * One thing that verification found.
 *
 * @param snapshot the snapshot that it concerns; null when it concerns the whole vault
 * @param file the stored file, named as in {@link Store}
 * @param kind what a caller may decide by
 * @param what what is wrong, as a sentence for people
 * @param paths the first paths of the snapshot that cannot be read back because of it, at most {@link #SHOWN}
 * @param affected how many paths cannot be read back; -1 when the manifest itself cannot be read to tell,
 *     {@link #LOCKED} when it could be told with an identity
 */
public record Finding(RunId snapshot, String file, Kind kind, String what, List<String> paths, long affected) {
    /** How many paths a finding lists at most; {@link Vault#paths} gives all. */
    public static final int SHOWN = 100;

    /** In place of a count: the snapshot is encrypted, and no identity at hand opens its manifest. */
    public static final long LOCKED = -2;

    /** What a finding means. */
    public enum Kind {
        /** Something is lost or altered. */
        DAMAGE,
        /** Nothing is wrong with what is there, but somebody should know. */
        NOTE,
        /** All stored bytes are right; what is in them was not looked into, because it is encrypted. */
        UNSEEN
    }

    public Finding {
        paths = List.copyOf(paths);
    }

    static Finding damage(RunId snapshot, String file, String what) {
        return new Finding(snapshot, file, Kind.DAMAGE, what, List.of(), 0);
    }

    static Finding unreadable(RunId snapshot, String file, String what) {
        return new Finding(snapshot, file, Kind.DAMAGE, what, List.of(), -1);
    }

    static Finding note(RunId snapshot, String file, String what) {
        return new Finding(snapshot, file, Kind.NOTE, what, List.of(), 0);
    }

    static Finding unseen(RunId snapshot, String file, String what) {
        return new Finding(snapshot, file, Kind.UNSEEN, what, List.of(), 0);
    }

    Finding concerning(List<String> some, long count) {
        return new Finding(snapshot, file, kind, what, some, count);
    }

    /** Whether it says that a snapshot could not be looked into, because no identity at hand opens it. */
    public boolean isUnseen() {
        return kind == Kind.UNSEEN;
    }

    public boolean isDamage() {
        return kind == Kind.DAMAGE;
    }

    @Override
    public String toString() {
        var text = new StringBuilder(file).append(": ").append(what);
        if (snapshot != null) {
            text.append(" (snapshot ").append(snapshot).append(')');
        }
        if (affected == LOCKED) {
            text.append("; which paths it concerns shows with an identity only");
        } else if (affected < 0) {
            text.append("; the whole snapshot cannot be read back");
        } else if (affected > 0) {
            text.append("; concerns ").append(affected).append(affected == 1 ? " path: " : " paths: ");
            text.append(String.join(", ", paths.subList(0, Math.min(3, paths.size()))));
            text.append(affected > 3 ? ", …" : "");
        }
        return text.toString();
    }
}
