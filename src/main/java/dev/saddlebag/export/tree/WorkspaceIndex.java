package dev.saddlebag.export.tree;

import dev.saddlebag.notion.NotionId;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;

/**
 * What {@code index.html} of an export says: which pages there are and where each stands (facts/notion-export.md §2.7). It
 * is read as a stream, since it names every page of the workspace.
 */
final class WorkspaceIndex {
    private static final String PREFIX = "id::";
    private static final String INLINE = " (Inline database)";
    private static final Pattern ID = Pattern.compile("id::([0-9a-f-]{36})(\\.csv)?");
    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*", Pattern.DOTALL);

    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, String> teamspaceOf = new HashMap<>();
    private final SortedSet<String> teamspaces = new TreeSet<>();
    private String space;
    private String name = "";
    private int details;
    private boolean found;

    /**
     * Where an object stands.
     *
     * @param parent the id of the object around it; null at the top
     * @param address the path of its page, as it stands there; null when it has none
     * @param title its name without id and ending
     * @param table whether it is said to have a table
     */
    record Place(String parent, String address, String title, boolean table) {}

    private WorkspaceIndex() {}

    /** What the index, or those of several exports together, say; nothing when there is none. */
    static Optional<WorkspaceIndex> read(List<Path> files) throws IOException {
        WorkspaceIndex index = new WorkspaceIndex();
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                index.found = true;
                index.readOne(file);
            }
        }
        return index.found ? Optional.of(index) : Optional.empty();
    }

    private void readOne(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                StreamParser parser = new StreamParser(Parser.htmlParser()).parse(in, "")) {
            for (Iterator<Element> all = parser.iterator(); all.hasNext(); ) {
                Element element = all.next();
                take(element);
                element.remove();
            }
        } catch (UncheckedIOException disk) {
            throw disk.getCause();
        }
    }

    private void take(Element element) {
        if (element.normalName().equals("p")) {
            takeDetail(element);
        } else if (element.normalName().equals("a")) {
            takeLink(element);
        }
    }

    /** The words are in the language of the export; the order is fixed: first the id, then the name. */
    private void takeDetail(Element paragraph) {
        Element list = around(paragraph);
        if (list != null && space == null) {
            Matcher id = ID.matcher(list.id());
            space = id.matches() ? id.group(1) : "";
        }
        details++;
        if (details == 2) {
            String text = paragraph.text();
            name = text.substring(text.indexOf(':') + 1).strip();
        }
    }

    private void takeLink(Element link) {
        Element list = around(link);
        if (list == null) {
            return;
        }
        Matcher id = ID.matcher(list.id());
        if (!id.matches()) {
            teamspaces.add(link.wholeText().strip());
            teamspaceOf.put(list.id(), link.wholeText().strip());
            return;
        }
        String parent = null;
        String teamspace = null;
        for (Element outer = around(list); outer != null && teamspace == null; outer = around(outer)) {
            Matcher of = ID.matcher(outer.id());
            if (!of.matches()) {
                teamspace = teamspaceOf.get(outer.id());
            } else if (parent == null && !of.group(1).equals(space)) {
                parent = of.group(1);
            }
        }
        String address = link.attr("href");
        boolean local = !address.isEmpty() && !SCHEME.matcher(address).matches();
        boolean table = id.group(2) != null;
        Place before = places.get(id.group(1));
        places.put(
                id.group(1),
                new Place(
                        before != null && before.parent() != null ? before.parent() : parent,
                        local ? address : before == null ? null : before.address(),
                        title(link.wholeText()),
                        table || (before != null && before.table())));
        if (teamspace != null) {
            teamspaceOf.put(id.group(1), teamspace);
        }
    }

    private static Element around(Element element) {
        Element outer = element.parent();
        while (outer != null && !(outer.normalName().equals("ul") && outer.id().startsWith(PREFIX))) {
            outer = outer.parent();
        }
        return outer;
    }

    private static String title(String text) {
        String plain = text.strip();
        plain = plain.endsWith(INLINE) ? plain.substring(0, plain.length() - INLINE.length()) : plain;
        return ExportName.of(plain.matches(".*\\.(md|html|csv)") ? plain : plain + ".csv")
                .map(ExportName::title)
                .orElse(plain);
    }

    /** The id of the workspace, dashed; empty when the index has none. */
    Optional<String> space() {
        return Optional.ofNullable(space).filter(NotionId::isDashed);
    }

    String name() {
        return name;
    }

    /** The names of the teamspaces and of what stands beside them, such as the private pages. */
    SortedSet<String> teamspaces() {
        return teamspaces;
    }

    /** Every object that is named, by its id. */
    Map<String, Place> places() {
        return places;
    }

    Optional<String> teamspaceOf(String id) {
        return Optional.ofNullable(teamspaceOf.get(id));
    }
}
