package dev.saddlebag.simulator;

import java.text.Normalizer;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is in an export and where it lies there (facts/notion-export.md §2.3): everything that a member of the workspace
 * sees who may see all of it, so pages that are not shared with a connection too.
 */
public final class ExportTree {
    /**
     * A page or database of an export.
     *
     * @param id with dashes
     * @param kind {@code page}, {@code database} or {@code linked_database}
     * @param path of its Markdown or HTML, or of its table, without the wrapper folder
     * @param parent the id of the page or database above it; empty at the top
     */
    public record Node(String id, String kind, String title, String path, String parent) {}

    /** A table of an export: a data source, which goes by its database as long as it is the only one there. */
    record Table(Plan.Database database, Plan.Source source, String id, String title) {}

    /** Is led through an export from the top down. */
    interface Visitor {
        void page(int page);

        void table(Table table);

        void linked(Plan.Database database);

        /** What was entered last, by a page or a table, is done. */
        void leave();
    }

    private static final int DATED_ROW = 6;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.ENGLISH);

    private final Content content;
    private final World world;
    private final Clock clock;
    private final ExportForm form;
    private final ExportRequest request;
    private final Optional<Ref> root;

    ExportTree(Content content, Clock clock, ExportForm form, ExportRequest request) {
        this.content = content;
        this.world = content.world();
        this.clock = clock;
        this.form = form;
        this.request = request;
        this.root = request.whole() ? Optional.empty() : content.ids().read(request.block());
    }

    /** Whether there is a page or database of this id. */
    static boolean knows(Content content, String id) {
        return Ids.valid(id)
                && content.ids()
                        .read(id)
                        .filter(ref -> ref.kind() == Kind.PAGE
                                ? content.world().exists(ref.index())
                                        && !content.world().trashed(ref.index())
                                : ref.kind() == Kind.DATABASE)
                        .isPresent();
    }

    /** Everything in the order of the export. */
    Stream<Node> all() {
        List<Node> nodes = new ArrayList<>();
        walk(new Visitor() {
            private final List<String> above = new ArrayList<>(List.of(""));

            @Override
            public void page(int page) {
                add(id(page), "page", title(page), path(page));
                above.add(id(page));
            }

            @Override
            public void table(Table table) {
                add(table.id(), "database", table.title(), csv(table, ""));
                above.add(table.id());
            }

            @Override
            public void linked(Plan.Database database) {
                String id = content.ids().of(Ref.database(database.index()));
                add(id, "linked_database", world.title(database), csv(database));
            }

            @Override
            public void leave() {
                above.remove(above.size() - 1);
            }

            private void add(String id, String kind, String title, String path) {
                nodes.add(new Node(id, kind, title, path, above.get(above.size() - 1)));
            }
        });
        return nodes.stream();
    }

    void walk(Visitor visitor) {
        if (root.isPresent()) {
            if (root.get().kind() == Kind.PAGE) {
                page(root.get().index(), visitor);
            } else {
                database(world.database(root.get().index()), visitor);
            }
            return;
        }
        for (Ref top : tops()) {
            if (top.kind() == Kind.PAGE) {
                page(top.index(), visitor);
            } else {
                database(world.database(top.index()), visitor);
            }
        }
    }

    /** The pages, then the databases at the top; without the first two in a smaller export. */
    private List<Ref> tops() {
        List<Ref> tops = new ArrayList<>();
        for (int page = 0; page < world.count(); page++) {
            if (top(world.parent(page)) && !world.trashed(page) && !world.template(page)) {
                tops.add(Ref.page(page));
            }
        }
        for (Plan.Database database : world.databases()) {
            if (top(database.parent()) && !world.trashedDatabase(database.index())) {
                tops.add(Ref.database(database.index()));
            }
        }
        return form.oddities().contains(ExportForm.Oddity.SMALLER) ? tops.subList(2, tops.size()) : tops;
    }

    private static boolean top(Ref parent) {
        return parent.kind() == Kind.WORKSPACE || parent.kind() == Kind.AGENT;
    }

    private void page(int page, Visitor visitor) {
        visitor.page(page);
        world.children(page).stream().filter(child -> !world.trashed(child)).forEach(child -> page(child, visitor));
        world.databasesIn(page).forEach(database -> database(database, visitor));
        visitor.leave();
    }

    private void database(Plan.Database database, Visitor visitor) {
        if (database.linked()) {
            visitor.linked(database);
            return;
        }
        for (int number : database.sources()) {
            visitor.table(table(number));
            IntStream.concat(world.rows(number), templates(number)).forEach(row -> page(row, visitor));
            if (database.sources().get(0) == number) {
                Ref above = Ref.database(database.index());
                world.databases().stream()
                        .filter(inner -> inner.parent().equals(above) && !world.trashedDatabase(inner.index()))
                        .forEach(inner -> database(inner, visitor));
            }
            visitor.leave();
        }
    }

    IntStream templates(int source) {
        return world.plan().templates(source).stream()
                .mapToInt(Integer::intValue)
                .filter(page -> !world.trashed(page));
    }

    /** Whether a page is in this export, so that a link can lead there. */
    boolean has(int page) {
        if (!world.exists(page) || world.trashed(page)) {
            return false;
        }
        boolean smaller = form.oddities().contains(ExportForm.Oddity.SMALLER);
        if (root.isEmpty() && !smaller) {
            return true;
        }
        return reaches(Ref.page(page));
    }

    /** Whether a database is in this export. */
    boolean has(Plan.Database database) {
        return !world.trashedDatabase(database.index()) && reaches(Ref.database(database.index()));
    }

    /** Whether what lies above something leads to where this export begins. */
    private boolean reaches(Ref ref) {
        Ref at = ref;
        for (Ref above = above(at); !root.equals(Optional.of(at)) && !top(above); above = above(at)) {
            at = above;
        }
        boolean smaller = form.oddities().contains(ExportForm.Oddity.SMALLER);
        return root.map(at::equals)
                .orElse(!smaller || (!at.equals(Ref.page(Plan.HOME)) && !at.equals(Ref.page(Plan.HANDBOOK))));
    }

    private Ref above(Ref ref) {
        Ref parent = ref.kind() == Kind.PAGE
                ? world.parent(ref.index())
                : world.database(ref.index()).parent();
        return switch (parent.kind()) {
            case BLOCK -> Ref.page(parent.index());
            case DATA_SOURCE -> Ref.database(world.source(parent.index()).database());
            default -> parent;
        };
    }

    Table table(int source) {
        Plan.Source planned = world.source(source);
        Plan.Database database = world.database(planned.database());
        return database.sources().indexOf(source) == 0
                ? new Table(database, planned, content.ids().of(Ref.database(database.index())), world.title(database))
                : new Table(
                        database,
                        planned,
                        content.ids().of(Ref.source(source)),
                        content.databases().title(planned));
    }

    String id(int page) {
        return content.ids().of(Ref.page(page));
    }

    /** The whole title as the export shows it. */
    String title(int page) {
        Plan.Source first = world.source(0);
        if (form.dateTitles() && page == first.firstRow() + DATED_ROW && first.rows() > DATED_ROW) {
            return "@" + day(LocalDate.of(2026, 11, 20));
        }
        String title = content.pages().title(page).replaceAll("\\p{Cntrl}+", " ");
        return title.isBlank() ? "Untitled" : title;
    }

    private String day(LocalDate date) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return date.equals(today) ? "Today" : date.plusDays(1).equals(today) ? "Yesterday" : DAY.format(date);
    }

    /** The path of a page from the root of the export. */
    String path(int page) {
        return directory(page) + named(title(page), id(page)) + (request.html() ? ".html" : ".md");
    }

    /** The folder in which a page lies, with a slash at its end; empty at the root. */
    String directory(int page) {
        return root.equals(Optional.of(Ref.page(page))) ? "" : below(world.parent(page));
    }

    private String directory(Plan.Database database) {
        return root.equals(Optional.of(Ref.database(database.index()))) ? "" : below(database.parent());
    }

    private String below(Ref parent) {
        if (request.flat()) {
            return "";
        }
        return switch (parent.kind()) {
            case PAGE, BLOCK -> folder(parent.index());
            case DATA_SOURCE -> folder(table(parent.index()));
            case DATABASE ->
                folder(table(world.database(parent.index()).sources().get(0)));
            default -> "";
        };
    }

    /** The folder of what belongs to a page. */
    String folder(int page) {
        return request.flat() ? "" : directory(page) + folderName(title(page), id(page));
    }

    private String folder(Table table) {
        return request.flat() ? "" : directory(table.database()) + folderName(table.title(), table.id());
    }

    private String folderName(String title, String id) {
        return (form.layout() == ExportForm.Layout.PLAIN_FOLDERS ? normal(ExportNames.of(title)) : named(title, id))
                + "/";
    }

    private String named(String title, String id) {
        return normal(ExportNames.of(title)) + " " + ExportNames.hex(id);
    }

    /** A name in the normal form that this export has. */
    String normal(String name) {
        return form.decomposed() ? Normalizer.normalize(name, Normalizer.Form.NFD) : name;
    }

    /** @param suffix {@code _all} for every row and column, or nothing for what the first view shows */
    String csv(Table table, String suffix) {
        return directory(table.database()) + named(table.title(), table.id()) + suffix + ".csv";
    }

    String csv(Plan.Database linked) {
        return directory(linked) + named(world.title(linked), content.ids().of(Ref.database(linked.index()))) + ".csv";
    }

    /** The page that shows a table in an export as HTML. */
    String html(Table table) {
        return csv(table, "").replaceFirst("csv$", "html");
    }

    /** The folder from which links in a table are counted: one above that of the table. */
    String base(Plan.Database database) {
        String directory = directory(database);
        int slash = directory.lastIndexOf('/', directory.length() - 2);
        return slash < 0 ? "" : directory.substring(0, slash + 1);
    }

    /** How a page is linked from a file in a folder: to its file, or to Notion when the export has it not. */
    String link(String folder, int page) {
        return has(page)
                ? ExportNames.link(folder, path(page))
                : "https://www.notion.so/" + ExportNames.hex(id(page)) + "?pvs=21";
    }
}
