/**
 * The readable files of a snapshot. Each object is rendered when it was read anew, and kept with placeholders in the state
 * directory; the files are made of that for every object of the snapshot, also for those that were not read again.
 */
package dev.saddlebag.readable;
