package dev.saddlebag.doctor;

import java.util.Collection;

/**
 * One thing that was looked at.
 *
 * @param subject what it was: a workspace and a part of it, a destination, a file
 * @param found what was found, in words
 * @param remedy what to do now; empty when all is well
 */
public record Finding(Area area, String subject, Level level, String found, String remedy) {
    private static final int SHORTEST_SECRET = 4;

    static Finding ok(Area area, String subject, String found) {
        return new Finding(area, subject, Level.OK, found, "");
    }

    static Finding warning(Area area, String subject, String found, String remedy) {
        return new Finding(area, subject, Level.WARNING, found, remedy);
    }

    static Finding failed(Area area, String subject, String found, String remedy) {
        return new Finding(area, subject, Level.FAILED, found, remedy);
    }

    /** The same, should somebody's message repeat a secret. */
    Finding without(Collection<String> secrets) {
        String said = found;
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST_SECRET) {
                said = said.replace(secret, "(secret)");
            }
        }
        return new Finding(area, subject, level, said, remedy);
    }
}
