package dev.saddlebag.destination;

import dev.saddlebag.vault.RunId;
import java.io.IOException;

/** Where messages about the snapshots of one workspace leave: what a destination knows that sends messages. */
public final class Outlet {
    private final EndpointVerbs verbs;
    private final String workspace;

    Outlet(EndpointVerbs verbs, String workspace) {
        this.verbs = verbs;
        this.workspace = workspace;
    }

    /**
     * Sends the message about one snapshot.
     *
     * @param dispatch what the Kamelet makes the message of
     * @throws NotSentException when it certainly did not leave
     * @throws IOException when it failed, and may have left
     */
    public Posted put(RunId run, Object dispatch) throws IOException {
        return verbs.ask("put", workspace + "/" + run, dispatch) instanceof Posted posted ? posted : Posted.unproven();
    }

    /**
     * Asks whether messages would be taken, without sending one.
     *
     * @return what the server said, in words
     * @throws IOException why they would not
     */
    public String check() throws IOException {
        return verbs.ask("check", workspace, null) instanceof String words
                ? words
                : "its kind cannot be asked without sending a message";
    }
}
