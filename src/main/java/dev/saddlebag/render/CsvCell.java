package dev.saddlebag.render;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A value as a cell.
 *
 * @param text with {@link Placeholders}
 * @param isTyped whether it is a number, a day or a time, yes or no: never a formula, whatever it begins with
 */
public record CsvCell(String text, boolean isTyped) {
    private static final String BETWEEN = "; ";

    /** The cell for a value. */
    public static CsvCell of(Value value) {
        return value.accept(new Writer());
    }

    private static CsvCell untyped(String text) {
        return new CsvCell(text, false);
    }

    private static final class Writer implements Value.Visitor<CsvCell> {
        @Override
        public CsvCell nothing() {
            return CsvCell.untyped("");
        }

        @Override
        public CsvCell words(Value.Words value) {
            StringBuilder text = new StringBuilder();
            for (Inline part : value.text().parts()) {
                if (Headings.namesObject(part)) {
                    String id = ((Inline.Mention) part).id();
                    text.append(Placeholders.title(Placeholders.Form.PLAIN, id, part.plain()));
                } else {
                    text.append(part.plain());
                }
            }
            return CsvCell.untyped(text.toString());
        }

        @Override
        public CsvCell number(Value.Amount value) {
            BigDecimal number = value.number();
            return new CsvCell(Math.abs(number.scale()) < 40 ? number.toPlainString() : number.toString(), true);
        }

        @Override
        public CsvCell flag(Value.Flag value) {
            return new CsvCell(value.flag() ? "true" : "false", true);
        }

        @Override
        public CsvCell plain(Value.Plain value) {
            return CsvCell.untyped(value.text());
        }

        @Override
        public CsvCell choices(Value.Choices value) {
            // Names of options have no commas in them (facts/notion-api.md §3.8).
            return CsvCell.untyped(String.join(", ", value.names()));
        }

        @Override
        public CsvCell date(Value.Date value) {
            boolean isDate = value.isSimple() && value.start().matches("\\d{4}-\\d\\d-\\d\\d[0-9T:.+Z-]*");
            return new CsvCell(value.written(), isDate);
        }

        @Override
        public CsvCell people(Value.People value) {
            return joined(value.people(), person -> Placeholders.person(Placeholders.Form.PLAIN, person));
        }

        @Override
        public CsvCell files(Value.Files value) {
            return joined(value.files(), file -> Placeholders.file(Placeholders.Form.PLAIN, file));
        }

        @Override
        public CsvCell relation(Value.Relation value) {
            CsvCell titles = joined(value.pages(), page -> Placeholders.title(Placeholders.Form.PLAIN, page, ""));
            return value.isCut() ? CsvCell.untyped(titles.text() + BETWEEN + "(Notion has more of them)") : titles;
        }

        @Override
        public CsvCell several(Value.Several value) {
            return joined(value.values(), inner -> inner.accept(this).text());
        }

        @Override
        public CsvCell fields(Value.Fields value) {
            return joined(
                    value.fields(),
                    field -> field.name() + ": " + field.value().accept(this).text());
        }

        @Override
        public CsvCell withheld(Value.Withheld value) {
            return CsvCell.untyped("(Notion does not give out this value)");
        }

        @Override
        public CsvCell unknown(Value.Unknown value) {
            return CsvCell.untyped(StoredText.clean(value.json().toString()));
        }

        private static <T> CsvCell joined(List<T> parts, Function<T, String> text) {
            return CsvCell.untyped(parts.stream().map(text).collect(Collectors.joining(BETWEEN)));
        }
    }
}
