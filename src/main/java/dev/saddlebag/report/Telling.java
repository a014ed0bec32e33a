package dev.saddlebag.report;

/**
 * What became of a message at one channel.
 *
 * @param error why it was not brought, in words and without secrets; empty when it was
 */
public record Telling(String channel, boolean sent, String error) {}
