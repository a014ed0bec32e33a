package dev.saddlebag.channel;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The e-mail about one snapshot. However often it is written and sent, its Message-ID is the same, by which mail programs tell
 * that it came twice.
 */
public final class Letter extends MimeMessage {
    private final String id;
    private final Parcel parcel;
    private String answer = "";

    Letter(String id, Parcel parcel) {
        super((Session) null);
        this.id = id;
        this.parcel = parcel;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }

    Parcel parcel() {
        return parcel;
    }

    /** Notes what the server said when it had taken the whole. */
    void answered(String said) {
        answer = said.replaceAll("\\s+", " ").strip();
    }

    /** What the server said when it had taken the whole; empty before. */
    String answer() {
        return answer;
    }

    /** How many bytes go to the server; an attachment is read from the disk for it. */
    long bytes() throws IOException, MessagingException {
        saveChanges();
        Counting counting = new Counting();
        writeTo(counting);
        return counting.count;
    }

    /** Ends of lines go to the server as two bytes, whatever they are here. */
    private static final class Counting extends OutputStream {
        private long count;
        private int last;

        @Override
        public void write(int one) {
            count += one == '\n' && last != '\r' ? 2 : 1;
            last = one;
        }
    }
}
