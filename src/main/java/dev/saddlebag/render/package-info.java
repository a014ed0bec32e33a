/**
 * From the stored JSON of an object to a {@link dev.saddlebag.render.Document}, and from that to text. Pure functions: same
 * JSON, same bytes. Links to other objects stay {@link dev.saddlebag.render.Placeholders placeholders} until the paths and
 * titles of a snapshot are known.
 */
package dev.saddlebag.render;
