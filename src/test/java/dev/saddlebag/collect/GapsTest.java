package dev.saddlebag.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.SampleAccount;
import dev.saddlebag.snapshot.SampleRun;
import dev.saddlebag.snapshot.State;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What could not be collected has a name and a reason, and only Notion's own word makes it no fault of the run. */
class GapsTest {
    @TempDir
    Path home;

    private final Gaps gaps = new Gaps();
    private Run run;

    @BeforeEach
    void begin() throws IOException {
        run = SampleRun.in(home);
    }

    @ParameterizedTest
    @CsvSource({
        "404, object_not_found, Could not find page with ID., NOT_SHARED",
        "403, restricted_resource, Insufficient permissions for this endpoint., NOT_PERMITTED",
        "400, validation_error, Database with ID x is a linked database., LINKED_VIEW",
        "404, object_not_found, Database with ID x is a linked database., LINKED_VIEW",
        "404, object_not_found, Database with ID x does not contain any data sources accessible by this API bot., "
                + "LINKED_VIEW",
        "400, validation_error, Block type ai_block is not supported via the API for your bot type., UNSUPPORTED",
        "400, validation_error, Unsupported view type., UNSUPPORTED",
        "400, validation_error, The start_cursor provided is invalid., FAILED",
        "413, payload_too_large, Too large., FAILED",
        "503, service_unavailable, Try again., FAILED",
        "429, rate_limited, Slow down., FAILED"
    })
    void the_reason_is_what_notion_says(int status, String code, String message, Gap.Reason reason) {
        Exception error = Refusal.of(status, code, message);
        Reading reading = reading();
        gaps.ofReading(reading, error);

        assertThat(run.ledger().gaps()).containsExactly(new Gap("page", "p1", reason, error.getMessage()));
        assertThat(error).hasMessageContaining(message);
        assertThat(reading.isOpen()).isFalse();
        assertThat(run.ledger().complete()).isEqualTo(reason != Gap.Reason.FAILED);
    }

    @Test
    void a_broken_line_and_a_list_that_was_cut_off_are_failures() {
        gaps.ofReading(reading(), new IOException("Connection reset"));
        gaps.ofReading(reading(), new ListCutOffException("the list is cut off"));

        assertThat(run.ledger().gaps()).extracting(Gap::reason).containsOnly(Gap.Reason.FAILED);
        assertThat(run.ledger().complete()).isFalse();
    }

    @Test
    void an_error_without_words_is_named_by_its_class() {
        gaps.ofReading(reading(), new NullPointerException());

        assertThat(run.ledger().gaps())
                .containsExactly(new Gap("page", "p1", Gap.Reason.FAILED, "NullPointerException"));
    }

    @Test
    void an_object_that_could_not_be_collected_is_a_failure_even_when_it_looks_like_one_of_notions_gaps()
            throws Exception {
        gaps.ofObject(run, SampleAccount.page(1), Refusal.notFound());

        assertThat(run.ledger().gaps()).singleElement().extracting(Gap::reason).isEqualTo(Gap.Reason.FAILED);
        assertThat(run.ledger().of(SampleAccount.page(1)))
                .get()
                .satisfies(account -> assertThat(account.state()).isEqualTo(State.FAILED))
                .satisfies(account -> assertThat(account.isSettled()).isFalse());
    }

    @Test
    void a_file_outside_notion_that_cannot_be_fetched_is_no_fault_of_the_run() throws Exception {
        var content = FileLinkTest.json("{'external':{'url':'https://elsewhere/a.png?size=2'}}");
        FileLink link = FileLink.in(content, true, run.ledger()::gap).get(0);
        gaps.ofFile(link, new IOException("Connection refused"));

        assertThat(content).hasToString("{\"external\":{\"url\":\"https://elsewhere/a.png?size=2\"}}");
        assertThat(run.ledger().gaps())
                .containsExactly(new Gap(
                        "file", "https://elsewhere/a.png?size=2", Gap.Reason.UNREACHABLE, "Connection refused"));
        assertThat(run.ledger().complete()).isTrue();
    }

    @Test
    void a_lost_file_is_named_by_its_address_without_the_signature() throws Exception {
        var content = FileLinkTest.json("{'file':{'url':'https://host/a.png?X-Amz-Signature=SECRET',"
                + "'expiry_time':'2026-06-27T17:59:54.000Z'}}");
        FileLink link = FileLink.in(content, false, run.ledger()::gap).get(0);
        gaps.ofFile(link, new FileRefusedException("The host of https://host/a.png answered 410"));

        assertThat(content).hasToString("{\"file\":{\"path\":\"https://host/a.png\"}}");
        assertThat(run.ledger().gaps())
                .containsExactly(new Gap(
                        "file",
                        "https://host/a.png",
                        Gap.Reason.FAILED,
                        "The host of https://host/a.png answered 410"));
    }

    @Test
    void the_first_reason_to_stop_is_the_one_that_counts() {
        var first = new IllegalStateException("first");
        gaps.stop(run, first);
        gaps.stop(run, new IllegalStateException("second"));

        assertThat(catchThrowable(run::throwIfStopped)).isSameAs(first);
    }

    private Reading reading() {
        return Reading.one(
                new Subject("page", "p1", run.ledger()::gap), NotionRequest.get("/v1/pages/p1"), answer -> {});
    }
}
