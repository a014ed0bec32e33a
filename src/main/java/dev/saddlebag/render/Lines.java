package dev.saddlebag.render;

import java.util.ArrayDeque;
import java.util.Deque;

/** Lines within containers: each has a mark before its first line and an indentation before the others. */
final class Lines {
    static final String BULLET = "- ";

    private final StringBuilder out = new StringBuilder();
    private final Deque<Container> containers = new ArrayDeque<>();

    private static final class Container {
        private final String first;
        private final String others;
        private boolean isBegun;

        Container(String first, String others) {
            this.first = first;
            this.others = others;
        }
    }

    /** Begins a container, of which the next line is the first. */
    void open(String first, String others) {
        containers.addLast(new Container(first, others));
    }

    /** Ends the container that was opened last; it has at least one line. */
    void close() {
        if (!containers.getLast().isBegun) {
            // Three marks of a list with nothing behind them in one line would be a divider.
            while (marks() > 2) {
                mark();
            }
            line("");
        }
        containers.removeLast();
    }

    private long marks() {
        return containers.stream()
                .filter(container -> !container.isBegun && container.first.equals(BULLET))
                .count();
    }

    /** Begins the outermost list that has no line yet, by a line that has nothing but its mark. */
    private void mark() {
        StringBuilder marked = new StringBuilder();
        for (Container container : containers) {
            boolean isNew = !container.isBegun;
            marked.append(isNew ? container.first : container.others);
            container.isBegun = true;
            if (isNew && container.first.equals(BULLET)) {
                break;
            }
        }
        out.append(marked.toString().stripTrailing()).append('\n');
    }

    /** Writes text of one or several lines. */
    void text(String lines) {
        int start = 0;
        for (int end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', start)) {
            line(lines.substring(start, end));
            start = end + 1;
        }
        line(lines.substring(start));
    }

    /** Writes one line. */
    void line(String line) {
        int start = out.length();
        for (Container container : containers) {
            out.append(container.isBegun ? container.others : container.first);
            container.isBegun = true;
        }
        out.append(line);
        if (line.isEmpty()) {
            int end = out.length();
            while (end > start && out.charAt(end - 1) == ' ') {
                end--;
            }
            out.setLength(end);
        }
        out.append('\n');
    }

    /** Writes an empty line, save where a container has no line yet or the text begins. */
    void blank() {
        if (out.length() > 0 && (containers.isEmpty() || containers.getLast().isBegun)) {
            line("");
        }
    }

    /** What stands before a line that is not the first of its containers. */
    String indentation() {
        StringBuilder indentation = new StringBuilder();
        containers.forEach(container -> indentation.append(container.others));
        return indentation.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
