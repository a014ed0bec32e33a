package dev.saddlebag.doctor;

import java.time.Duration;

/** Spans of time in words, in the largest unit of which there are two. */
final class Spans {
    private Spans() {}

    static String words(Duration time) {
        if (time.toDays() >= 2) {
            return time.toDays() + " days";
        }
        if (time.toHours() >= 2) {
            return time.toHours() + " hours";
        }
        return time.toMinutes() >= 2 ? time.toMinutes() + " minutes" : Math.max(0, time.toSeconds()) + " seconds";
    }
}
