package dev.saddlebag.collect;

import dev.saddlebag.collect.RequestEstimate.Purpose;
import dev.saddlebag.configuration.Comments;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.Accepted;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.State;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the books of a snapshot say about the requests that a further run will need. It takes the accounts one by one and
 * keeps no more than sums, and a number for each data source and each object that was edited since.
 */
public final class RequestBooks {
    private final WorkspaceSettings workspace;
    private final Accepted.Header header;
    private final SearchLook look;
    private final Comments commentsBefore;
    private final boolean markdownBefore;
    private final Map<Purpose, Long> whole = new EnumMap<>(Purpose.class);
    private final Map<ObjectRef, Long> rows = new HashMap<>();
    private final Map<ObjectRef, String> edited;
    private final List<ObjectRef> heldDataSources = new ArrayList<>();
    private long pages;
    private long requestsOfPages;
    private long searched;
    private long notSearched;
    private long trashed;
    private long edits;
    private long requestsOfEdits;

    /**
     * Opens the books of a snapshot.
     *
     * @param workspace what is to be collected now
     * @param look what was edited since
     */
    public RequestBooks(WorkspaceSettings workspace, Accepted.Header header, SearchLook look) {
        this.workspace = workspace;
        this.header = header;
        this.look = look;
        this.edited = new HashMap<>(look.edits());
        this.commentsBefore = commentsOf(header.settings());
        this.markdownBefore = header.settings().contains("page Markdown true");
    }

    private static Comments commentsOf(String settings) {
        for (Comments comments : Comments.values()) {
            if (settings.startsWith("comments " + comments + ",")) {
                return comments;
            }
        }
        return Comments.PAGE;
    }

    /** Takes one account of the snapshot. */
    public void take(Account account) {
        long requests = requests(account);
        if (account.searched()) {
            searched++;
        }
        if (account.state() == State.TRASHED) {
            trashed++;
        }
        if (!account.state().isHeld()) {
            add(Purpose.LOOKUPS, requests);
            return;
        }
        String edit = edited.remove(account.object());
        if (edit != null && needsReading(account, edit)) {
            edits++;
            requestsOfEdits += requests;
        }
        switch (account.object().kind()) {
            case PAGE -> takePage(account, requests);
            case DATA_SOURCE -> {
                heldDataSources.add(account.object());
                add(Purpose.DATA_SOURCES, requests);
            }
            case DATABASE -> add(Purpose.DATABASES, requests);
            case VIEW -> add(Purpose.VIEWS, requests);
            case BLOCK -> add(Purpose.LOOKUPS, requests);
        }
    }

    /** What Notion refused was asked for all the same. */
    private static long requests(Account account) {
        boolean refused = account.requests() == 0 && account.state() != State.TRASHED && account.line() == null;
        return refused ? 1 : account.requests();
    }

    private static boolean needsReading(Account account, String edit) {
        return !edit.equals(account.edited()) || CarryOver.isEditedSince(account.read(), account.edited());
    }

    private void takePage(Account page, long requests) {
        long commentsThen = Math.min(comments(commentsBefore, page), Math.max(0, requests - 1));
        long markdownThen = markdownBefore ? Math.min(1, requests - commentsThen) : 0;
        // Where comments could not be read, there is nothing to tell how many requests they would take.
        long commentsNow = workspace.comments() == commentsBefore ? commentsThen : comments(workspace.comments(), page);
        long markdownNow = workspace.pageMarkdown() ? 1 : 0;
        long blocks = requests - commentsThen - markdownThen;
        add(Purpose.BLOCKS, blocks);
        add(Purpose.COMMENTS, commentsNow);
        add(Purpose.MARKDOWN, markdownNow);
        pages++;
        requestsOfPages += blocks + commentsNow + markdownNow;
        boolean row = page.parent() != null && page.parent().kind() == Kind.DATA_SOURCE;
        if (row) {
            rows.merge(page.parent(), 1L, Long::sum);
        } else if (!page.searched()) {
            notSearched++;
        }
    }

    private static long comments(Comments which, Account page) {
        return switch (which) {
            case NONE -> 0;
            case PAGE -> 1;
            case BLOCK -> 1 + page.blocks();
        };
    }

    private void add(Purpose purpose, long requests) {
        whole.merge(purpose, requests, Long::sum);
    }

    /** How many pages and data sources were edited, or made, since the snapshot, as far as search shows. */
    public long edits() {
        return edits + made();
    }

    /** What search shows and the books do not know, apart from what is older and was never read. */
    private long made() {
        return edited.size();
    }

    /** The estimate for a run of a depth, once all accounts are taken. */
    public RequestEstimate estimate(Depth depth) {
        return switch (depth) {
            case SWEEP -> sweep();
            case CHANGED -> changed();
            case QUICK -> quick();
        };
    }

    private RequestEstimate sweep() {
        Map<Purpose, Long> requests = new EnumMap<>(whole);
        requests.put(Purpose.WORKSPACE, workspaceLists());
        requests.put(Purpose.TRASH, SearchLook.pagesOf(trashed));
        requests.put(Purpose.SEARCH, SearchLook.pagesOf(searched + made()) + 1);
        requests.put(Purpose.EDITED, requestsOf(made()));
        List<String> assumptions = new ArrayList<>();
        assumptions.add("Each object takes the requests that it took when it was last read.");
        if (made() > 0) {
            assumptions.add("Each of the %,d objects that are new takes %.1f, as a page did on average."
                    .formatted(made(), average()));
        }
        if (!header.settings().equals(workspace.collected(Source.API))) {
            assumptions.add("What is to be collected was changed since (" + header.settings()
                    + "): comments and Markdown are counted by the settings of now.");
        }
        return new RequestEstimate(requests, assumptions);
    }

    private RequestEstimate changed() {
        Map<Purpose, Long> requests = new EnumMap<>(Purpose.class);
        requests.put(Purpose.WORKSPACE, workspaceLists());
        requests.put(Purpose.TRASH, SearchLook.pagesOf(trashed));
        requests.put(Purpose.SEARCH, look.requests() + 1);
        // One for the data source; its rows, when they are few, in one list, else what of them was edited in two.
        requests.put(
                Purpose.DATA_SOURCES,
                heldDataSources.stream()
                        .mapToLong(source -> rows.getOrDefault(source, 0L) > NotionRequest.PAGE_SIZE ? 3 : 2)
                        .sum());
        requests.put(Purpose.LOOKUPS, notSearched);
        requests.put(Purpose.EDITED, ofEdits());
        return new RequestEstimate(
                requests,
                List.of(
                        "Data sources with up to 100 rows take two requests, larger ones three.",
                        edited("What search does not show edited, and rows that are gone, come on top.")));
    }

    private RequestEstimate quick() {
        Map<Purpose, Long> requests = new EnumMap<>(Purpose.class);
        requests.put(Purpose.WORKSPACE, 1L);
        requests.put(Purpose.SEARCH, look.requests() + 1);
        requests.put(Purpose.EDITED, ofEdits());
        return new RequestEstimate(requests, List.of(edited("")));
    }

    private String edited(String more) {
        String sentence = edits() == 0
                ? "Nothing was edited since, as far as search shows."
                : "%,d objects were edited or made since, as far as search shows; each takes what it took before, a new one %.1f."
                        .formatted(edits(), average());
        return (sentence + " " + more).strip();
    }

    private long ofEdits() {
        return requestsOfEdits + requestsOf(made());
    }

    private long requestsOf(long objects) {
        return Math.round(objects * average());
    }

    private double average() {
        return pages == 0 ? 2 : (double) requestsOfPages / pages;
    }

    private long workspaceLists() {
        return 1
                + SearchLook.pagesOf(header.about().path("users").size())
                + SearchLook.pagesOf(header.about().path("custom_emojis").size());
    }
}
