/**
 * How messages leave: the channels as Camel endpoints, and the beans that their Kamelets need. What is told, and when, is
 * decided in {@code report}.
 */
package dev.saddlebag.channel;
