package dev.saddlebag.export.archive;

import java.io.IOException;

/** The disk has too little room for the unpacked export. */
public final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1;

    NoRoomException(String what, IOException cause) {
        super(
                what + " Nothing of this export was kept, and the download is still there. Make room, or let"
                        + " saddlebag.state-directory lead to a larger disk, and start the run again.",
                cause);
    }
}
