package dev.saddlebag.render;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Rich text as Markdown. A mark is written with asterisks or tildes where every reader takes them for what they are, which
 * depends on the characters around (CommonMark, "left-flanking"), and with a tag elsewhere.
 */
final class MarkdownText {
    private static final Pattern LINE_ENDS = Pattern.compile("\\r\\n?|[\\u0085\\u2028\\u2029]");

    /** What the text is a part of. */
    enum Setting {
        LINES,
        HEADING,
        CELL
    }

    private enum Mark {
        BOLD("**", "strong"),
        ITALIC("*", "em"),
        STRIKETHROUGH("~~", "del"),
        UNDERLINE("", "ins");

        private final String sign;
        private final String tag;

        Mark(String sign, String tag) {
            this.sign = sign;
            this.tag = tag;
        }

        boolean isStar() {
            return sign.startsWith("*");
        }
    }

    private enum Kind {
        WORDS,
        CODE,
        FORMULA,
        PLACEHOLDER
    }

    private record Piece(Kind kind, String text, Set<Mark> marks, Link link) {
        Piece with(String other) {
            return new Piece(kind, other, marks, link);
        }
    }

    private enum Role {
        WORDS,
        CODE,
        FORMULA,
        PLACEHOLDER,
        BREAK,
        OPEN,
        CLOSE,
        LINK_OPEN,
        LINK_CLOSE;

        /** Whether a reader sees a sign where it stands. */
        private boolean isSeen() {
            return this == WORDS || this == CODE || this == FORMULA || this == PLACEHOLDER;
        }

        private boolean opens() {
            return this == OPEN || this == LINK_OPEN;
        }

        private boolean closes() {
            return this == CLOSE || this == LINK_CLOSE;
        }
    }

    /** What is next to a mark. */
    private enum Neighbour {
        SPACE,
        PUNCTUATION,
        LETTER,
        /** Symbols, which readers take for this or that, and placeholders. */
        UNSURE
    }

    private static final class Token {
        private final Role role;
        private final String text;
        private final Mark mark;
        private Token partner;
        private boolean isTag;

        Token(Role role, String text, Mark mark) {
            this.role = role;
            this.text = text;
            this.mark = mark;
        }
    }

    private final Setting setting;
    private List<Token> tokens = new ArrayList<>();

    private MarkdownText(Setting setting) {
        this.setting = setting;
    }

    /**
     * The text in Markdown, in one line for headings and cells.
     *
     * @param lead what stands before the text in its first line, in Markdown
     */
    static String of(Text text, String lead, Setting setting) {
        MarkdownText markdown = new MarkdownText(setting);
        markdown.tokenize(pieces(text), EnumSet.noneOf(Mark.class), false);
        markdown.breakLines();
        markdown.chooseTags();
        return markdown.write(lead);
    }

    private static List<Piece> pieces(Text text) {
        List<Piece> pieces = new ArrayList<>();
        for (Inline part : text.parts()) {
            Piece piece = piece(part);
            int last = pieces.size() - 1;
            if (piece.text().isEmpty()) {
                continue;
            }
            boolean isSame = last >= 0
                    && (piece.kind() == Kind.WORDS || piece.kind() == Kind.CODE)
                    && pieces.get(last).kind() == piece.kind()
                    && pieces.get(last).marks().equals(piece.marks())
                    && pieces.get(last).link().equals(piece.link());
            if (isSame) {
                pieces.set(last, piece.with(pieces.get(last).text() + piece.text()));
            } else {
                pieces.add(piece);
            }
        }
        return pieces;
    }

    private static Piece piece(Inline part) {
        Look look = part.look();
        EnumSet<Mark> marks = EnumSet.noneOf(Mark.class);
        if (look.bold()) {
            marks.add(Mark.BOLD);
        }
        if (look.italic()) {
            marks.add(Mark.ITALIC);
        }
        if (look.strikethrough()) {
            marks.add(Mark.STRIKETHROUGH);
        }
        if (look.underline()) {
            marks.add(Mark.UNDERLINE);
        }
        if (part instanceof Inline.Equation equation) {
            return new Piece(Kind.FORMULA, equation.expression().strip(), marks, Link.NONE);
        }
        if (part instanceof Inline.Mention mention) {
            return mention(mention, marks);
        }
        Inline.Words words = (Inline.Words) part;
        String lines = LINE_ENDS.matcher(words.text()).replaceAll("\n");
        boolean hasCode = look.code() && !lines.replace("\n", "").isEmpty();
        return new Piece(hasCode ? Kind.CODE : Kind.WORDS, lines, marks, words.link());
    }

    private static Piece mention(Inline.Mention mention, Set<Mark> marks) {
        boolean hasId = !mention.id().isEmpty();
        return switch (mention.kind()) {
            case USER -> {
                String person =
                        Placeholders.person(Placeholders.Form.MARKDOWN, new Person(mention.id(), mention.text(), ""));
                yield new Piece(Kind.PLACEHOLDER, "@" + person, marks, Link.NONE);
            }
            case PAGE, DATABASE, DATA_SOURCE ->
                hasId
                        ? new Piece(
                                Kind.PLACEHOLDER,
                                Placeholders.link(
                                        mention.id(),
                                        mention.text(),
                                        mention.link().address()),
                                marks,
                                Link.NONE)
                        : new Piece(Kind.WORDS, mention.text(), marks, mention.link());
            case DATE, LINK, TEMPLATE, EMOJI, UNKNOWN ->
                new Piece(Kind.WORDS, LINE_ENDS.matcher(mention.text()).replaceAll("\n"), marks, mention.link());
        };
    }

    /** Opens marks and links, those first that go on for longest, and closes them in turn. */
    private void tokenize(List<Piece> pieces, Set<Mark> open, boolean isInLink) {
        int next = 0;
        while (next < pieces.size()) {
            Piece piece = pieces.get(next);
            Mark longest = null;
            int length = 0;
            for (Mark mark : piece.marks()) {
                int run = open.contains(mark) ? 0 : run(pieces, next, mark);
                if (run > length) {
                    longest = mark;
                    length = run;
                }
            }
            int linked = piece.link().isNone() || isInLink ? 0 : run(pieces, next, piece.link());
            if (Math.max(length, linked) == 0) {
                leaf(piece);
                next++;
                continue;
            }
            int end = next + Math.max(length, linked);
            group(pieces.subList(next, end), linked > length ? null : longest, open, isInLink);
            next = end;
        }
    }

    private static int run(List<Piece> pieces, int start, Mark mark) {
        int end = start;
        while (end < pieces.size() && pieces.get(end).marks().contains(mark)) {
            end++;
        }
        return end - start;
    }

    private static int run(List<Piece> pieces, int start, Link link) {
        int end = start;
        while (end < pieces.size() && pieces.get(end).link().equals(link)) {
            end++;
        }
        return end - start;
    }

    /** Marks take no space at their edges, so that is put outside of them. */
    private void group(List<Piece> group, Mark mark, Set<Mark> open, boolean isInLink) {
        List<Piece> inner = new ArrayList<>(group);
        StringBuilder before = new StringBuilder();
        while (!inner.isEmpty() && inner.get(0).kind() == Kind.WORDS) {
            String text = inner.get(0).text();
            int edge = 0;
            while (edge < text.length() && isSpace(text.charAt(edge))) {
                edge++;
            }
            before.append(text, 0, edge);
            inner.set(0, inner.get(0).with(text.substring(edge)));
            if (edge < text.length()) {
                break;
            }
            inner.remove(0);
        }
        StringBuilder after = new StringBuilder();
        while (!inner.isEmpty() && inner.get(inner.size() - 1).kind() == Kind.WORDS) {
            int last = inner.size() - 1;
            String text = inner.get(last).text();
            int edge = text.length();
            while (edge > 0 && isSpace(text.charAt(edge - 1))) {
                edge--;
            }
            after.insert(0, text.substring(edge));
            inner.set(last, inner.get(last).with(text.substring(0, edge)));
            if (edge > 0) {
                break;
            }
            inner.remove(last);
        }
        tokens.add(new Token(Role.WORDS, before.toString(), null));
        if (!inner.isEmpty() && mark == null) {
            link(inner, open);
        } else if (!inner.isEmpty()) {
            Token opening = new Token(Role.OPEN, "", mark);
            Token closing = new Token(Role.CLOSE, "", mark);
            opening.partner = closing;
            closing.partner = opening;
            EnumSet<Mark> within = EnumSet.of(mark);
            within.addAll(open);
            tokens.add(opening);
            tokenize(inner, within, isInLink);
            tokens.add(closing);
        }
        tokens.add(new Token(Role.WORDS, after.toString(), null));
    }

    private void link(List<Piece> inner, Set<Mark> open) {
        Link link = inner.get(0).link();
        Piece first = inner.get(0);
        boolean explainsItself = inner.size() == 1
                && first.kind() == Kind.WORDS
                && open.containsAll(first.marks())
                && link.object().isEmpty()
                && first.text().equals(link.address())
                && Markdown.explainsItself(first.text());
        if (explainsItself) {
            tokens.add(new Token(Role.LINK_CLOSE, "<" + link.address() + ">", null));
            return;
        }
        tokens.add(new Token(Role.LINK_OPEN, "[", null));
        tokenize(inner, open, true);
        String destination =
                link.object().isEmpty() ? Markdown.destination(link.address()) : Placeholders.destination(link);
        tokens.add(new Token(Role.LINK_CLOSE, "](" + destination + ")", null));
    }

    private void leaf(Piece piece) {
        Role role = switch (piece.kind()) {
            case WORDS -> Role.WORDS;
            case CODE -> Role.CODE;
            case FORMULA -> Role.FORMULA;
            case PLACEHOLDER -> Role.PLACEHOLDER;
        };
        tokens.add(new Token(role, piece.text(), null));
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Joins neighbouring words, breaks them at the ends of lines, and drops spaces there, which no reader keeps. */
    private void breakLines() {
        List<Token> joined = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        for (Token token : tokens) {
            if (token.role == Role.WORDS) {
                words.append(token.text);
            } else {
                flush(words, joined);
                if (token.role == Role.CODE) {
                    addLines(token.text, Role.CODE, joined);
                } else {
                    joined.add(token);
                }
            }
        }
        flush(words, joined);
        tokens = withoutBreaksAtEdges(joined);
    }

    /** A break before the first word or after the last one parts nothing; what was marked or linked of it alone, neither. */
    private static List<Token> withoutBreaksAtEdges(List<Token> joined) {
        int first = 0;
        while (first < joined.size() && !joined.get(first).role.isSeen()) {
            first++;
        }
        int last = joined.size() - 1;
        while (last > first && !joined.get(last).role.isSeen()) {
            last--;
        }
        List<Token> kept = new ArrayList<>();
        for (int i = 0; i < joined.size(); i++) {
            Token token = joined.get(i);
            boolean isEdge = token.role == Role.BREAK && (i < first || i > last);
            boolean closesNothing = token.role.closes()
                    && !kept.isEmpty()
                    && kept.get(kept.size() - 1).role.opens();
            if (closesNothing) {
                kept.remove(kept.size() - 1);
            } else if (!isEdge) {
                kept.add(token);
            }
        }
        return kept;
    }

    private static void flush(StringBuilder words, List<Token> joined) {
        addLines(words.toString(), Role.WORDS, joined);
        words.setLength(0);
    }

    private static void addLines(String text, Role role, List<Token> joined) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                joined.add(new Token(Role.BREAK, "", null));
            }
            String line = lines[i];
            if (role == Role.WORDS) {
                boolean isAtStart = i > 0 || joined.isEmpty() || joined.get(joined.size() - 1).role == Role.BREAK;
                line = isAtStart ? line.replaceFirst("^[ \\t]+", "") : line;
                line = i < lines.length - 1 ? line.replaceFirst("[ \\t]+$", "") : line;
            }
            if (!line.isEmpty()) {
                joined.add(new Token(role, line, null));
            }
        }
    }

    private void chooseTags() {
        Deque<Token> stars = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.role == Role.OPEN) {
                boolean opens = isRoom(before(i)) ? after(i) != Neighbour.SPACE : after(i) == Neighbour.LETTER;
                token.isTag |= !opens || token.mark == Mark.UNDERLINE;
                if (token.mark.isStar()) {
                    token.isTag |=
                            isStar(i - 1, Role.CLOSE) || (!stars.isEmpty() && isUnclearWithin(stars.getLast(), i));
                    stars.addLast(token);
                }
            } else if (token.role == Role.CLOSE) {
                boolean closes = isRoom(after(i)) ? before(i) != Neighbour.SPACE : before(i) == Neighbour.LETTER;
                token.partner.isTag |= !closes;
                stars.remove(token.partner);
            }
        }
        tokens.stream().filter(token -> token.role == Role.CLOSE).forEach(token -> token.isTag = token.partner.isTag);
    }

    private boolean isStar(int i, Role role) {
        return i >= 0
                && i < tokens.size()
                && tokens.get(i).role == role
                && tokens.get(i).mark.isStar();
    }

    /** Asterisks within asterisks are clear where both begin and end together, or where the inner ones have room around. */
    private boolean isUnclearWithin(Token outer, int i) {
        int close = tokens.indexOf(tokens.get(i).partner);
        boolean beginsWithOuter = i > 0 && tokens.get(i - 1) == outer;
        boolean endsWithOuter = close + 1 < tokens.size() && tokens.get(close + 1) == outer.partner;
        if (beginsWithOuter || endsWithOuter) {
            return !(beginsWithOuter && endsWithOuter);
        }
        return !isRoom(before(i)) || !isRoom(after(close)) || isStar(close + 1, Role.OPEN);
    }

    private static boolean isRoom(Neighbour neighbour) {
        return neighbour == Neighbour.SPACE || neighbour == Neighbour.PUNCTUATION;
    }

    private Neighbour before(int i) {
        if (i == 0) {
            return Neighbour.SPACE;
        }
        Token token = tokens.get(i - 1);
        return token.role == Role.WORDS ? neighbour(token.text.codePointBefore(token.text.length())) : of(token);
    }

    private Neighbour after(int i) {
        if (i == tokens.size() - 1) {
            return Neighbour.SPACE;
        }
        Token token = tokens.get(i + 1);
        return token.role == Role.WORDS ? neighbour(token.text.codePointAt(0)) : of(token);
    }

    private static Neighbour of(Token token) {
        return switch (token.role) {
            case PLACEHOLDER -> Neighbour.UNSURE;
            case BREAK -> Neighbour.SPACE;
            default -> Neighbour.PUNCTUATION;
        };
    }

    private static Neighbour neighbour(int c) {
        if (isSpace(c)) {
            return Neighbour.SPACE;
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> Neighbour.PUNCTUATION;
            case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL, Character.MODIFIER_SYMBOL, Character.OTHER_SYMBOL ->
                c < 0x80 ? Neighbour.PUNCTUATION : Neighbour.UNSURE;
            default -> Neighbour.LETTER;
        };
    }

    private String write(String lead) {
        List<StringBuilder> lines = new ArrayList<>();
        lines.add(new StringBuilder(lead));
        boolean isInLink = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            StringBuilder line = lines.get(lines.size() - 1);
            Role next = i + 1 < tokens.size() ? tokens.get(i + 1).role : Role.BREAK;
            switch (token.role) {
                case WORDS -> {
                    boolean beforeLink = next == Role.LINK_OPEN || next == Role.PLACEHOLDER;
                    boolean isLast = i == tokens.size() - 1;
                    line.append(words(token.text, isInLink, beforeLink, isLast));
                }
                case CODE -> line.append(code(token.text));
                case FORMULA -> line.append(formula(token.text));
                case PLACEHOLDER -> line.append(token.text);
                case BREAK -> {
                    if (setting == Setting.LINES) {
                        lines.add(new StringBuilder());
                    } else {
                        line.append("<br>");
                    }
                }
                case OPEN -> line.append(token.isTag ? "<" + token.mark.tag + ">" : token.mark.sign);
                case CLOSE -> line.append(token.isTag ? "</" + token.mark.tag + ">" : token.mark.sign);
                case LINK_OPEN, LINK_CLOSE -> {
                    isInLink = token.role == Role.LINK_OPEN;
                    line.append(token.text);
                }
            }
        }
        if (setting == Setting.HEADING) {
            return Markdown.escapeHeadingEnd(trimEnd(lines.get(0)));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = trimEnd(lines.get(i));
            boolean isStart = setting == Setting.LINES && (i > 0 || lead.isEmpty());
            text.append(i == 0 ? "" : "\\\n").append(isStart ? Markdown.escapeStart(line) : line);
        }
        return text.toString();
    }

    /** At the end of the text nothing follows that a sign could be taken together with. */
    private String words(String text, boolean isInLink, boolean beforeLink, boolean isLast) {
        boolean inTable = setting == Setting.CELL;
        if (!isLast || text.endsWith("\\")) {
            return Markdown.escape(text, inTable, isInLink, beforeLink);
        }
        String escaped = Markdown.escape(text + " ", inTable, isInLink, false);
        return escaped.substring(0, escaped.length() - 1);
    }

    private static String trimEnd(CharSequence line) {
        int end = line.length();
        while (end > 0 && Markdown.isSpace(line.charAt(end - 1))) {
            end--;
        }
        return line.subSequence(0, end).toString();
    }

    private String code(String code) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < code.length(); i++) {
            run = code.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        boolean needsRoom = code.startsWith("`")
                || code.endsWith("`")
                || (code.startsWith(" ") && code.endsWith(" ") && !code.isBlank());
        String fence = "`".repeat(longest + 1);
        String room = needsRoom ? " " : "";
        return fence + room + (setting == Setting.CELL ? code.replace("|", "\\|") : code) + room + fence;
    }

    private String formula(String expression) {
        String line = expression.replaceAll("\\s*\\n\\s*", " ").replaceAll("<(?=[A-Za-z/!?])", "\\\\lt ");
        return "$" + (setting == Setting.CELL ? line.replace("|", "\\vert ") : line) + "$";
    }
}
