package dev.saddlebag.configuration;

/**
 * A built-in Notion with sample content that answers instead of the real one.
 *
 * @param pages how many pages it has; 0 when there is none and Notion itself is asked
 * @param seed which content it has
 */
public record SimulatorSettings(int pages, int seed) {}
