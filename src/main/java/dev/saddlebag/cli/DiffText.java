package dev.saddlebag.cli;

import dev.saddlebag.difference.Change;
import dev.saddlebag.difference.Detail;
import dev.saddlebag.difference.Difference;
import dev.saddlebag.difference.FieldChange;
import dev.saddlebag.difference.Hunk;
import dev.saddlebag.difference.SchemaChange;
import dev.saddlebag.difference.Side;
import dev.saddlebag.difference.What;
import dev.saddlebag.snapshot.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A difference for people. */
final class DiffText {
    private static final List<What> SECTIONS =
            List.of(What.ADDED, What.REMOVED, What.MOVED, What.RENAMED, What.CHANGED);
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String CYAN = "36";
    private static final String BOLD = "1";

    private final Difference difference;
    private final boolean withText;
    private final boolean isColoured;

    DiffText(Difference difference, boolean withText, boolean isColoured) {
        this.difference = difference;
        this.withText = withText;
        this.isColoured = isColoured;
    }

    void write(PrintWriter out) throws IOException {
        out.printf(
                "From %s to %s%n",
                difference.before().id().value(), difference.after().id().value());
        if (!difference.hasContents()) {
            out.printf(
                    "One is from %s, the other from %s: only titles and places can be compared.%n",
                    source(difference.sourceBefore()), source(difference.sourceAfter()));
        }
        if (difference.changes().isEmpty()) {
            out.println("No differences.");
            return;
        }
        Map<What, Long> counts = difference.counts();
        out.println(counts(counts));
        if (counts.get(What.TOUCHED) > 0) {
            out.printf(
                    "%,d more %s stored differently, and nothing that people see of %s is different.%n",
                    counts.get(What.TOUCHED),
                    counts.get(What.TOUCHED) == 1 ? "is" : "are",
                    counts.get(What.TOUCHED) == 1 ? "it" : "them");
        }
        for (What what : SECTIONS) {
            if (counts.get(what) > 0) {
                section(out, what, counts.get(what));
            }
        }
    }

    private static String source(String source) {
        return source.equals("export") ? "an export" : "the API";
    }

    private static String counts(Map<What, Long> counts) {
        List<String> words = new ArrayList<>();
        SECTIONS.forEach(what -> words.add("%,d %s".formatted(counts.get(what), what.word())));
        return String.join(", ", words);
    }

    private void section(PrintWriter out, What what, long count) throws IOException {
        String word = what.word();
        out.println();
        out.println(
                coloured(BOLD, Character.toUpperCase(word.charAt(0)) + word.substring(1) + " (%,d)".formatted(count)));
        String rowsOf = null;
        for (Change change : difference.changes()) {
            if (!change.what().contains(what)) {
                continue;
            }
            Side side = change.side();
            if (side.isRow() && !side.above().equals(rowsOf)) {
                rowsOf = side.above();
                out.println("  rows of " + oneLine(rowsOf));
            }
            out.println((side.isRow() ? "    " : "  ") + line(what, change));
            if (what == What.CHANGED && withText) {
                detail(out, difference.detail(change), side.isRow() ? "        " : "      ");
            }
        }
    }

    private static String line(What what, Change change) {
        String kind = change.object().kind() == Kind.PAGE
                ? ""
                : change.object().kind().word().replace('_', ' ') + " ";
        return switch (what) {
            case MOVED ->
                kind + oneLine(change.before().path() + "  →  " + change.after().path());
            case RENAMED ->
                kind
                        + oneLine(name(change.before(), change.after()) + "  →  "
                                + (change.after().title().isBlank()
                                        ? "Untitled"
                                        : change.after().title()));
            case CHANGED -> kind + oneLine(name(change.side(), change.side())) + numbers(change);
            default -> kind + oneLine(name(change.side(), change.side()));
        };
    }

    /** Rows stand below the line that names their database. */
    private static String name(Side of, Side shown) {
        return shown.isRow() ? of.trail().get(of.trail().size() - 1) : of.path();
    }

    private static String numbers(Change change) {
        List<String> numbers = new ArrayList<>();
        if (change.linesAdded() + change.linesRemoved() > 0) {
            numbers.add("+%,d −%,d".formatted(change.linesAdded(), change.linesRemoved()));
        }
        if (change.properties() > 0) {
            numbers.add("%,d %s".formatted(change.properties(), change.properties() == 1 ? "property" : "properties"));
        }
        return "  (" + String.join(", ", numbers) + ")";
    }

    private void detail(PrintWriter out, Detail detail, String indentation) {
        for (FieldChange field : detail.properties()) {
            out.println(
                    indentation + oneLine(field.name() + ": " + value(field.before()) + " → " + value(field.after())));
        }
        for (SchemaChange property : detail.schema()) {
            out.println(indentation + oneLine(schema(property)));
        }
        for (Hunk hunk : detail.text()) {
            out.println(indentation + coloured(CYAN, hunk.header()));
            for (String line : hunk.lines()) {
                out.println(indentation + marked(oneLine(line)));
            }
        }
    }

    private static String schema(SchemaChange property) {
        return switch (property.what()) {
            case "added" -> "property added: " + property.name() + type(property.after());
            case "removed" -> "property removed: " + property.name() + type(property.before());
            case "renamed" -> "property renamed: " + property.before() + " → " + property.after();
            default ->
                property.what() + " of " + property.name() + ": " + value(property.before()) + " → "
                        + value(property.after());
        };
    }

    private static String type(String type) {
        return type.isEmpty() ? "" : " (" + type + ")";
    }

    private static String value(String value) {
        return value.isEmpty() ? "(nothing)" : value;
    }

    private String marked(String line) {
        return switch (line.charAt(0)) {
            case '-' -> coloured(RED, line);
            case '+' -> coloured(GREEN, line);
            default -> line;
        };
    }

    private String coloured(String colour, String text) {
        return isColoured ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }

    /** Titles and texts come from anybody who may edit the workspace: no control character reaches the terminal. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
