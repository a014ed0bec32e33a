package dev.saddlebag.channel;

import java.io.IOException;

/** An archive has come to be larger than it may be; it is given up before it is whole. */
final class ArchiveTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    ArchiveTooLargeException() {
        super("the archive is larger than the limit");
    }
}
