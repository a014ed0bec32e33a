package dev.saddlebag.simulator;

/** Addresses of pages and databases in the Notion app. */
final class Links {
    private Links() {}

    static String page(String id) {
        return "https://app.notion.com/p/" + id.replace("-", "");
    }
}
