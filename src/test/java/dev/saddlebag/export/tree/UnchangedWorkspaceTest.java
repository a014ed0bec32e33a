package dev.saddlebag.export.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two exports of a workspace that nobody edited in between make snapshots with the same readable bytes. */
class UnchangedWorkspaceTest {
    private static final String PAGE = "11111111111111111111111111111111";
    private static final String DAYS = "22222222222222222222222222222222";
    private static final String ONE = "33333333333333333333333333333333";
    private static final String TEMPLATE = "44444444444444444444444444444444";
    private static final String LOOSE = "55555555555555555555555555555555";

    @TempDir
    Path home;

    @Test
    void another_day_and_other_numbers_of_attachments_change_nothing() throws Exception {
        // The second of November 2026 is a Monday.
        SampleExport monday = export(2, "@Today", "a.png", "a 1.png", "sig=1");
        SampleExport tuesday = export(3, "@Yesterday", "a 1.png", "a.png", "sig=2");

        List<String> same = new java.util.ArrayList<>(
                List.of("catalogue.jsonl", "ledger.jsonl", "completeness.json", "trash.jsonl"));
        for (String folder : List.of("pages", "files")) {
            assertThat(tuesday.paths(folder)).isEqualTo(monday.paths(folder)).isNotEmpty();
            same.addAll(monday.paths(folder));
        }
        for (String path : same) {
            assertThat(tuesday.text(path)).as(path).isEqualTo(monday.text(path));
        }
        assertThat(monday.paths("pages"))
                .containsExactly(
                        "pages/@November 2, 2026.md",
                        "pages/Days.csv",
                        "pages/Days/@November 2, 2026.md",
                        "pages/Days/@date.md",
                        "pages/Page.md");
        assertThat(monday.text("pages/Page.md"))
                .contains("[@November 2, 2026](Days/%40November%202,%202026.md)".replace("%40", "@"));
        assertThat(tuesday.run.ledger().accounts().objects(dev.saddlebag.snapshot.Kind.PAGE))
                .allSatisfy(page -> assertThat(
                                tuesday.run.ledger().of(page).orElseThrow().shown())
                        .isEqualTo(monday.run.ledger().of(page).orElseThrow().shown()));
    }

    private SampleExport export(int day, String date, String red, String blue, String signature) throws Exception {
        SampleExport export = SampleExport.in(home.resolve("day" + day), day);
        String row = "Days/" + date + " " + ONE + ".md";
        export.with("index.html", index(date))
                .with(
                        "Page " + PAGE + ".md",
                        "# Page\n\n![red](Page/" + red.replace(" ", "%20") + ") ![blue](Page/"
                                + blue.replace(" ", "%20")
                                + ")\n[" + date + "](" + row.replace(" ", "%20") + ")\n"
                                + "![gone](https://prod-files-secure.s3.us-west-2.amazonaws.com/x/y/gone.png?X-Amz-Expires=3600&"
                                + signature + ")\n")
                .with("Page/" + red, "red")
                .with("Page/" + blue, "blue")
                .with("Days " + DAYS + ".csv", "\ufeffName,Done\r\n\"@November 2, 2026 \",No")
                .with("Days " + DAYS + "_all.csv", "\ufeffName,Done\r\n\"@November 2, 2026 \",No")
                .with(row, "# " + date + "\n\nDone: No\n\nBody\n")
                .with("Days/@Today " + TEMPLATE + ".md", "# @Today\n\nDone: Yes\n")
                .with(date + " " + LOOSE + ".md", "# " + date + "\n\nNo row\n");
        return export.built();
    }

    private static String index(String date) throws IOException {
        return "<html><head><title>Export-" + java.util.UUID.randomUUID() + "</title></head><body>"
                + "<ul id=\"id::00000000-0000-4000-8000-000000000000\"><li><h3>Workspace details:</h3><p>Workspace"
                + " identifier: 00000000-0000-4000-8000-000000000000</p><p>Workspace name: Acme</p></li>"
                + "<li><ul id=\"id::55555555-5555-5555-5555-555555555555\"><a href=\"" + date + " " + LOOSE + ".md\">"
                + date
                + " " + LOOSE + ".md</a></ul></li></ul></body></html>";
    }
}
