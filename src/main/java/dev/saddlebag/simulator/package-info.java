/**
 * A Notion that runs in this process: the read side of the REST API at version 2026-03-11, as strict as
 * {@code facts/notion-api.md} knows it to be, and the native export of {@code facts/notion-export.md}, over a sample
 * workspace that is a pure function of a seed.
 */
package dev.saddlebag.simulator;
