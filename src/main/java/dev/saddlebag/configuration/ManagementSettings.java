package dev.saddlebag.configuration;

/**
 * Where the daemon answers for health and metrics.
 *
 * @param host the address to listen on
 * @param port the port to listen on
 */
public record ManagementSettings(String host, int port) {}
