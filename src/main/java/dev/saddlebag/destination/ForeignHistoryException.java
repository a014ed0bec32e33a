package dev.saddlebag.destination;

import java.io.IOException;

/** A branch that should be ours alone is not. */
final class ForeignHistoryException extends IOException {
    ForeignHistoryException(String place, String what) {
        super(place + " " + what
                + ". It must be Saddlebag's alone, and is never overwritten: nothing was changed there. Give the destination"
                + " another branch, where a new history begins; or, when what is there is not needed, delete the branch at"
                + " the remote (git push REMOTE :BRANCH): the next run brings the history again that this host has");
    }
}
