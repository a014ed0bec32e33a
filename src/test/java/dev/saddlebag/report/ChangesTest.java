package dev.saddlebag.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.snapshot.Accepted;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.SampleAccount;
import dev.saddlebag.snapshot.SampleRun;
import dev.saddlebag.snapshot.State;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangesTest {
    @TempDir
    Path folder;

    @Test
    void what_came_what_went_and_what_has_another_content_is_counted() throws Exception {
        Run first = SampleRun.in(folder.resolve("first"), 1);
        settle(first, SampleAccount.page(1), State.COLLECTED, "a");
        settle(first, SampleAccount.page(2), State.COLLECTED, "a");
        settle(first, SampleAccount.page(3), State.COLLECTED, "a");
        settle(first, SampleAccount.ref(Kind.DATABASE, 9), State.COLLECTED, "a");
        keep(first, Optional.empty());
        Run second = SampleRun.in(folder.resolve("second"), 2);
        settle(second, SampleAccount.page(1), State.TRASHED, "a");
        settle(second, SampleAccount.page(2), State.COLLECTED, "b");
        settle(second, SampleAccount.page(3), State.CARRIED_OVER, "a");
        settle(second, SampleAccount.page(4), State.COLLECTED, "a");
        settle(second, SampleAccount.page(5), State.FAILED, "a");
        settle(second, SampleAccount.ref(Kind.DATABASE, 9), State.COLLECTED, "a");
        settle(second, SampleAccount.ref(Kind.DATA_SOURCE, 8), State.COLLECTED, "a");
        keep(second, Optional.of(first.id().value()));

        Changes changes = Changes.of(folder, second.id().value()).orElseThrow();

        assertThat(changes)
                .isEqualTo(new Changes(first.id().value(), new Changes.Count(1, 1, 1), new Changes.Count(1, 0, 0)));
    }

    @Test
    void the_first_snapshot_has_nothing_to_be_compared_with() throws Exception {
        Run first = SampleRun.in(folder.resolve("first"), 1);
        assertThat(Changes.of(folder, first.id().value())).isEmpty();
        keep(first, Optional.empty());
        assertThat(Changes.of(folder, first.id().value())).isEmpty();
    }

    private static void settle(Run run, ObjectRef object, State state, String edited) throws Exception {
        run.ledger().settle(SampleAccount.of(object).state(state).edited(edited).account());
    }

    private void keep(Run run, Optional<String> before) throws Exception {
        Accepted.keep(folder, run.header(), run.ledger().accounts(), before);
    }
}
