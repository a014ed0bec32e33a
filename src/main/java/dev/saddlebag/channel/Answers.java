package dev.saddlebag.channel;

import dev.saddlebag.report.NotTakenException;
import java.io.IOException;
import java.time.Duration;

/**
 * Judges what web servers answer. Camel's own exception would name the address, which is secret where whoever knows it may post
 * there.
 */
public final class Answers {
    private static final int LONGEST = 200;

    /**
     * Accepts an answer, or says why not.
     *
     * @param status the status of the answer
     * @param retryAfter what the header of that name says; null without it
     * @param body the answer, of which the beginning may say why
     * @throws NotTakenException when the server does not want what it was sent, or not now
     * @throws IOException when the server has a trouble of its own
     */
    public void accept(Integer status, String retryAfter, String body) throws IOException {
        if (status != null && status >= 200 && status < 300) {
            return;
        }
        String said = body == null ? "" : body.replaceAll("\\s+", " ").strip();
        String why = said.isEmpty() ? "" : ": " + said.substring(0, Math.min(LONGEST, said.length()));
        String sentence = "The server answered " + status + why + ".";
        if (status != null && status >= 500 && retryAfter == null) {
            throw new IOException(sentence);
        }
        throw new NotTakenException(sentence, wait(retryAfter));
    }

    /** Only seconds are meant seriously by those who limit how often they are called. */
    private static Duration wait(String retryAfter) {
        boolean seconds = retryAfter != null && retryAfter.strip().matches("\\d{1,6}");
        return seconds ? Duration.ofSeconds(Long.parseLong(retryAfter.strip())) : Duration.ZERO;
    }
}
