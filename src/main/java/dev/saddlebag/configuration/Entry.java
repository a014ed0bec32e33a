package dev.saddlebag.configuration;

/**
 * A setting as it was written, with the place where it stands.
 *
 * @param key the setting
 * @param text its value before placeholders are resolved
 * @param file the file, {@code -D}, or {@code environment NAME}
 * @param line the line in the file, or 0
 */
record Entry(String key, String text, String file, int line) {
    Mistake mistake(String sentence) {
        return new Mistake(file, line, key, sentence);
    }
}
