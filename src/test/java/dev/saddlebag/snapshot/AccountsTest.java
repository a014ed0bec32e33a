package dev.saddlebag.snapshot;

import static dev.saddlebag.snapshot.SampleAccount.page;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of objects outlasts the process, whatever moment it ends at. */
class AccountsTest {
    @TempDir
    Path home;

    @Test
    void what_was_added_is_there_after_opening_again() throws Exception {
        Path file = home.resolve("accounts.jsonl");
        Accounts accounts = Accounts.open(file);
        accounts.add(SampleAccount.of(page(1)).blocks(3).account());
        accounts.add(SampleAccount.of(page(2)).state(State.TRASHED).account());
        accounts.add(SampleAccount.of(page(1)).blocks(4).account());

        Accounts again = Accounts.open(file);

        assertThat(again.objects(Kind.PAGE)).containsExactly(page(1), page(2));
        assertThat(again.of(page(1)))
                .contains(SampleAccount.of(page(1)).blocks(4).account());
        assertThat(again.of(page(3))).isEmpty();
    }

    @Test
    void wherever_a_crash_cuts_the_file_all_whole_lines_are_kept_and_more_can_be_added() throws Exception {
        Path whole = home.resolve("whole.jsonl");
        Accounts accounts = Accounts.open(whole);
        for (int i = 0; i < 4; i++) {
            accounts.add(SampleAccount.of(page(i)).blocks(i).account());
        }
        byte[] bytes = Files.readAllBytes(whole);
        for (int cut = 0; cut <= bytes.length; cut++) {
            Path file = home.resolve("cut.jsonl");
            Files.write(file, java.util.Arrays.copyOf(bytes, cut));
            int wholeLines = linesIn(bytes, cut);

            Accounts again = Accounts.open(file);
            assertThat(again.objects(Kind.PAGE)).as("cut at %d", cut).hasSize(wholeLines);
            again.add(SampleAccount.of(page(9)).account());

            assertThat(Accounts.open(file).objects(Kind.PAGE)).hasSize(wholeLines + 1);
        }
    }

    private static int linesIn(byte[] bytes, int cut) {
        int lines = 0;
        for (int i = 0; i < cut; i++) {
            if (bytes[i] == '\n') {
                lines++;
            }
        }
        return lines;
    }

    @Test
    void no_account_needs_no_file() throws IOException {
        Accounts none = Accounts.none();
        List<Account> met = new ArrayList<>();
        none.forEach(met::add);
        assertThat(met).isEmpty();
        assertThat(none.of(page(1))).isEmpty();
    }
}
