package dev.saddlebag.destination;

/**
 * What a destination that sends messages did for one snapshot.
 *
 * @param attachments how many files went along
 * @param bytes how large the message was, as it was sent
 * @param words what was sent to whom, and what the server answered; empty when the destination does not say
 */
public record Posted(int attachments, long bytes, String words) {
    /** The message was sent, by a destination that says nothing more. */
    static Posted unproven() {
        return new Posted(0, 0, "");
    }

    /** Whether a server has said that it took the message. */
    public boolean isAnswered() {
        return !words.isEmpty();
    }
}
