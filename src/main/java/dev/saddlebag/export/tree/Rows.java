package dev.saddlebag.export.tree;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;

/**
 * The rows of a database beside their pages. A table has no ids; a row and a page belong together when they alone have a
 * title or, among those where that does not decide, when they alone agree in all properties. What no row is left for is a
 * template (facts/notion-export.md §2.6).
 *
 * @param count how many rows the table has
 * @param pages how many pages lie in its folder
 * @param ids the id of the page of each row, by the number of the row from 1; none where it is not certain
 * @param titles the titles that pages have in the table, by id, where they have another in their file
 * @param templates the ids of pages that are no rows
 */
record Rows(int count, int pages, Map<Integer, String> ids, Map<String, String> titles, Set<String> templates) {
    /** A row of a table that shows a database of another place has no page here. */
    static final Rows WITHOUT_PAGES = new Rows(0, 0, Map.of(), Map.of(), Set.of());

    /** More pairs are not compared: rows that are all called the same can hardly be told apart anyway. */
    private static final long MOST_PAIRS = 100_000;

    /**
     * Compares a table with the pages in its folder.
     *
     * @param day the day of the export
     */
    static Rows of(ExportTree tree, Item table, List<Item> pages, LocalDate day) throws IOException {
        return new Matching(tree, table, pages, day).result();
    }

    static String key(String title) {
        return title.strip().replaceAll("\\s+", " ");
    }

    /** The comparison under way. */
    private static final class Matching {
        private final ExportTree tree;
        private final Item table;
        private final List<Item> pages;
        private final LocalDate day;
        private final Map<Integer, String> ids = new HashMap<>();
        private final Map<String, String> titles = new HashMap<>();
        private final Set<String> taken = new HashSet<>();
        private final Map<String, List<Integer>> numbers = new HashMap<>();
        private final Map<String, List<Item>> byTitle = new HashMap<>();
        private int count;

        Matching(ExportTree tree, Item table, List<Item> pages, LocalDate day) throws IOException {
            this.tree = tree;
            this.table = table;
            this.pages = pages;
            this.day = day;
            pages.forEach(page -> byTitle.computeIfAbsent(key(page.title()), title -> new ArrayList<>(1))
                    .add(page));
            Tables.read(tree.file(table), (number, record) -> {
                if (number > 0) {
                    count++;
                    numbers.computeIfAbsent(key(record.get(0)), title -> new ArrayList<>(1))
                            .add((int) number);
                }
            });
        }

        Rows result() throws IOException {
            List<Integer> openRows = new ArrayList<>();
            List<Item> openPages = new ArrayList<>();
            numbers.forEach((title, rows) -> {
                List<Item> sameTitle = byTitle.getOrDefault(title, List.of());
                if (rows.size() == 1 && sameTitle.size() == 1) {
                    take(rows.get(0), sameTitle.get(0));
                } else {
                    openRows.addAll(rows);
                    openPages.addAll(sameTitle);
                }
            });
            pages.stream()
                    .filter(page -> RelativeDates.mayBeIn(page.title()) && !openPages.contains(page))
                    .filter(page -> !taken.contains(page.id()))
                    .forEach(openPages::add);
            if (!openRows.isEmpty() && (long) openRows.size() * openPages.size() <= MOST_PAIRS) {
                compareProperties(new HashSet<>(openRows), openPages);
            }
            return new Rows(count, pages.size(), ids, titles, templates());
        }

        private void take(int row, Item page) {
            ids.put(row, page.id());
            taken.add(page.id());
        }

        /** Without more pages than rows there are no templates, and with some rows unclear nobody knows which they are. */
        private Set<String> templates() {
            Set<String> left = new HashSet<>();
            pages.stream().map(Item::id).filter(id -> !taken.contains(id)).forEach(left::add);
            if (!table.isWhole() || left.size() > pages.size() - count) {
                left.clear();
            }
            return left;
        }

        private void compareProperties(Set<Integer> openRows, List<Item> openPages) throws IOException {
            List<String> columns = new ArrayList<>();
            Map<Integer, CSVRecord> records = new HashMap<>();
            Tables.read(tree.file(table), (number, record) -> {
                if (number == 0) {
                    record.forEach(columns::add);
                } else if (openRows.contains((int) number)) {
                    records.put((int) number, record);
                }
            });
            Map<Item, Set<Integer>> sameTitle = new HashMap<>();
            Map<Item, Set<Integer>> anyTitle = new HashMap<>();
            for (Item page : openPages) {
                Optional<PageHead> head = page.ending().equals(".md")
                        ? Optional.of(PageHead.markdown(tree.file(page)))
                        : Optional.empty();
                String title = key(page.title());
                String dated = key(RelativeDates.absoluteThroughout(page.title(), day));
                records.forEach((number, record) -> {
                    String wanted = key(record.get(0));
                    boolean agrees =
                            head.isEmpty() || agrees(record, columns, head.get().properties());
                    if (agrees && (wanted.equals(title) || wanted.equals(dated))) {
                        sameTitle.computeIfAbsent(page, key -> new HashSet<>()).add(number);
                    }
                    if (agrees && head.isPresent() && wanted.startsWith("@") && RelativeDates.mayBeIn(title)) {
                        anyTitle.computeIfAbsent(page, key -> new HashSet<>()).add(number);
                    }
                });
            }
            takeOnlyPairs(sameTitle, records);
            takeOnlyPairs(anyTitle, records);
        }

        /** Takes each page and row of which each fits the other alone. */
        private void takeOnlyPairs(Map<Item, Set<Integer>> fitting, Map<Integer, CSVRecord> records) {
            Map<Integer, Integer> pagesOfRow = new HashMap<>();
            fitting.forEach((page, rows) -> {
                rows.removeIf(ids::containsKey);
                if (!taken.contains(page.id())) {
                    rows.forEach(row -> pagesOfRow.merge(row, 1, Integer::sum));
                }
            });
            fitting.forEach((page, rows) -> {
                if (!taken.contains(page.id()) && rows.size() == 1) {
                    int row = rows.iterator().next();
                    if (pagesOfRow.get(row) == 1) {
                        take(row, page);
                        String title = key(records.get(row).get(0));
                        if (!title.equals(key(page.title()))) {
                            titles.put(page.id(), title);
                        }
                    }
                }
            });
        }

        /** Whether every plain value agrees; relations and files are worded differently in tables and pages. */
        private static boolean agrees(CSVRecord record, List<String> columns, Map<String, String> properties) {
            for (int i = 1; i < Math.min(columns.size(), record.size()); i++) {
                String cell = record.get(i).strip();
                String value = properties.getOrDefault(columns.get(i), "");
                if (!cell.contains("%") && !cell.contains("\n") && !cell.equals(value)) {
                    return false;
                }
            }
            return true;
        }
    }
}
