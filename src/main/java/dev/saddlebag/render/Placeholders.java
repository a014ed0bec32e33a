package dev.saddlebag.render;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What stands in a text for what the text's object does not know: titles and paths of other objects, names of people,
 * paths of files, blocks of other pages. A placeholder lies between two characters that Unicode keeps from being text and
 * that {@link DocumentReader} lets through nowhere, so nothing that anybody writes can be taken for one.
 */
public final class Placeholders {
    private static final char START = '\uFDD0';
    private static final char END = '\uFDD1';
    private static final char NEXT = '\uFDD2';

    private Placeholders() {}

    /** How what is put in must be written. */
    enum Form {
        MARKDOWN,
        /** A whole value of the front matter. */
        YAML,
        /** A part of a string in the front matter. */
        QUOTED,
        PLAIN
    }

    private enum What {
        LINK,
        TITLE,
        PATH,
        DESTINATION,
        PERSON,
        FILE,
        SLUG,
        SYNCED,
        TRAIL
    }

    /** What has the id of an object first. */
    private static final Set<What> OBJECTS = EnumSet.of(What.LINK, What.TITLE, What.DESTINATION);

    /** A link with the title of the object; without it, a link to the address, or the title alone. */
    static String link(String id, String title, String address) {
        return make(What.LINK, Form.MARKDOWN, id, title, address);
    }

    /** The title of an object; {@code title} when the snapshot does not have it. */
    static String title(Form form, String id, String title) {
        return make(What.TITLE, form, id, title);
    }

    /** The path to an object as a value of the front matter; null when the snapshot does not have it. */
    static String path(String id) {
        return make(What.PATH, Form.YAML, id);
    }

    /** Where a link with a text of its own leads. */
    static String destination(Link link) {
        return make(What.DESTINATION, Form.MARKDOWN, link.object(), link.address());
    }

    /** A person's name; with the e-mail address, save in Markdown. */
    static String person(Form form, Person person) {
        return make(What.PERSON, form, person.id(), person.name(), person.email());
    }

    /** The path to a stored file, or where it lies otherwise. */
    static String file(Form form, NamedFile file) {
        return make(What.FILE, form, file.sha256(), file.address());
    }

    /** A title as a part of the name of a heading. */
    static String slug(String id, String title) {
        return make(What.SLUG, Form.MARKDOWN, id, title);
    }

    /** Blocks that stand elsewhere; {@code prefix} stands before each of their lines but the first. */
    static String synced(String block, String prefix) {
        return make(What.SYNCED, Form.MARKDOWN, block, prefix);
    }

    /** The way to this object from above. */
    static String trail() {
        return make(What.TRAIL, Form.MARKDOWN);
    }

    private static String make(What what, Form form, String... fields) {
        StringBuilder placeholder = new StringBuilder().append(START);
        placeholder.append(what.name()).append(NEXT).append(form.name());
        for (String field : fields) {
            placeholder.append(NEXT).append(field);
        }
        return placeholder.append(END).toString();
    }

    /** The ids of the objects that a text links to or names. */
    public static Set<String> targets(String text) {
        Set<String> ids = new TreeSet<>();
        for (int start = text.indexOf(START); start >= 0; start = text.indexOf(START, start + 1)) {
            int end = text.indexOf(END, start);
            String[] fields =
                    text.substring(start + 1, Math.max(start + 1, end)).split(String.valueOf(NEXT), -1);
            if (fields.length > 2 && OBJECTS.contains(What.valueOf(fields[0])) && !fields[2].isEmpty()) {
                ids.add(fields[2]);
            }
        }
        return ids;
    }

    /** The text with all placeholders replaced. */
    public static String resolve(String text, Links links) {
        StringBuilder resolved = new StringBuilder(text.length());
        try {
            resolve(new StringReader(text), resolved, links);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return resolved.toString();
    }

    /**
     * Copies a text, which may be of any length, and replaces its placeholders.
     *
     * @throws IOException also when the text ends within a placeholder
     */
    public static void resolve(Reader text, Appendable target, Links links) throws IOException {
        new Resolution(links, List.of()).copy(text, target);
    }

    /** @param within the synced blocks that are being written, so that none is written into itself */
    private record Resolution(Links links, List<String> within) {
        void copy(Reader text, Appendable target) throws IOException {
            StringBuilder held = new StringBuilder();
            boolean isHolding = false;
            char[] buffer = new char[8192];
            for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    char c = buffer[i];
                    if (c == START) {
                        isHolding = true;
                    } else if (c == END) {
                        target.append(written(held.toString().split(String.valueOf(NEXT), -1)));
                        held.setLength(0);
                        isHolding = false;
                    } else if (isHolding) {
                        held.append(c);
                    } else {
                        target.append(c);
                    }
                }
            }
            if (isHolding) {
                throw new IOException("A text ends within a placeholder; it was cut off");
            }
        }

        private String written(String[] fields) {
            What what = What.valueOf(fields[0]);
            Form form = Form.valueOf(fields[1]);
            return switch (what) {
                case LINK -> link(fields[2], fields[3], fields[4]);
                case TITLE ->
                    as(form, titled(links.of(fields[2]).map(Target::title).orElse(fields[3])));
                case PATH ->
                    links.of(fields[2]).map(target -> as(form, target.path())).orElse("null");
                case DESTINATION ->
                    links.of(fields[2])
                            .map(target -> Markdown.localDestination(target.path()))
                            .orElseGet(() -> Markdown.destination(fields[3]));
                case PERSON -> person(form, new Person(fields[2], fields[3], fields[4]));
                case FILE -> file(form, fields[2], fields[3]);
                case SLUG ->
                    Markdown.slug(titled(links.of(fields[2]).map(Target::title).orElse(fields[3])));
                case SYNCED -> synced(fields[2], fields[3]);
                case TRAIL ->
                    links.ancestors().stream()
                            .map(target -> link(target.title(), Markdown.localDestination(target.path())))
                            .collect(Collectors.joining(" / "));
            };
        }

        private String link(String id, String title, String address) {
            Optional<Target> target = links.of(id);
            if (target.isPresent()) {
                return link(
                        target.get().title(),
                        Markdown.localDestination(target.get().path()));
            }
            String text = titled(title);
            return address.isEmpty() ? Markdown.escapeAnywhere(text) : link(text, Markdown.destination(address));
        }

        private static String link(String title, String destination) {
            return "[" + Markdown.escape(titled(title), true, true, true) + "](" + destination + ")";
        }

        private static String titled(String title) {
            String line = Markdown.oneLine(title);
            return line.isEmpty() ? "Untitled" : line;
        }

        private String person(Form form, Person known) {
            Person person =
                    known.id().isEmpty() ? known : links.person(known.id()).orElse(known);
            if (form == Form.MARKDOWN) {
                return Markdown.escapeAnywhere(person.name().isEmpty() ? person.written() : person.name());
            }
            return as(form, person.written());
        }

        private String file(Form form, String sha256, String address) {
            Optional<String> path = sha256.isEmpty() ? Optional.empty() : links.file(sha256);
            if (form == Form.MARKDOWN) {
                return path.map(Markdown::localDestination).orElseGet(() -> Markdown.destination(address));
            }
            return as(form, path.orElse(address));
        }

        private static String as(Form form, String text) {
            return switch (form) {
                case MARKDOWN -> Markdown.escapeAnywhere(text);
                case YAML -> '"' + FrontMatter.quoted(text) + '"';
                case QUOTED -> FrontMatter.quoted(text);
                case PLAIN -> text;
            };
        }

        private String synced(String block, String prefix) {
            Optional<String> text = within.contains(block) ? Optional.empty() : links.synced(block);
            if (text.isEmpty()) {
                return "*This shows the synced block " + block + ", which is not in this snapshot.*";
            }
            List<String> inner = new ArrayList<>(within);
            inner.add(block);
            StringBuilder whole = new StringBuilder();
            try {
                new Resolution(links, inner).copy(new StringReader(text.get()), whole);
            } catch (IOException cutOff) {
                throw new UncheckedIOException(cutOff);
            }
            StringBuilder lines = new StringBuilder();
            String bare = "\n" + prefix.stripTrailing();
            for (String line : whole.toString().stripTrailing().split("\n", -1)) {
                lines.append(lines.length() == 0 ? "" : line.isEmpty() ? bare : "\n" + prefix)
                        .append(line);
            }
            return lines.toString();
        }
    }
}
