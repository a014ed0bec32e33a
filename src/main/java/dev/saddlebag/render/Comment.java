package dev.saddlebag.render;

import java.util.List;

/**
 * A comment.
 *
 * @param discussion the id of the thread that it belongs to
 * @param standsAt the id of the page or block that it is about
 * @param time when it was written, as Notion says it
 */
public record Comment(
        String id,
        String discussion,
        String standsAt,
        Person author,
        String time,
        Text text,
        List<NamedFile> attachments) {}
