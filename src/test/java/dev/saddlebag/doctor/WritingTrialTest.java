package dev.saddlebag.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.destination.Folder;
import dev.saddlebag.vault.Store;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritingTrialTest {
    @TempDir
    Path home;

    @Test
    void leaves_nothing_where_it_may_delete() throws Exception {
        Place place = new Place();

        assertThat(place.tried()).isEqualTo("can be written");
        assertThat(place.tried()).isEqualTo("can be written");

        assertThat(home).isEmptyDirectory();
        assertThat(place.puts).hasSize(2);
    }

    @Test
    void leaves_one_file_where_it_may_not_delete_however_often_it_comes() throws Exception {
        Place place = new Place();
        place.deletes = false;

        assertThat(place.tried())
                .isEqualTo("can be written; .saddlebag-doctor stays there, since these credentials can delete nothing");
        assertThat(place.tried())
                .isEqualTo("could be written when .saddlebag-doctor was put there, which stays, "
                        + "since these credentials can delete nothing");

        assertThat(home).isDirectoryContaining("glob:**/.saddlebag-doctor");
        assertThat(place.puts).containsOnly(".saddlebag-doctor");
    }

    @Test
    void deletes_no_version_that_is_locked() throws Exception {
        Place place = new Place();

        assertThat(new WritingTrial(place, true).outcome()).contains("stays there, locked as all that is put there");
        assertThat(home.resolve(".saddlebag-doctor")).exists();
    }

    @Test
    void what_an_interrupted_trial_left_is_cleared_and_says_nothing_about_this_one() throws Exception {
        Place place = new Place();
        place.deletes = false;
        place.tried();
        place.deletes = true;

        assertThat(place.tried()).isEqualTo("can be written");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void a_refusal_is_the_destinations_own_words() {
        Place place = new Place();
        place.writes = false;

        assertThatThrownBy(place::tried).hasMessage("403, only to read");
    }

    @Test
    void other_bytes_than_were_put_are_a_failure() throws Exception {
        Place place = new Place();
        place.deletes = false;
        place.tried();
        place.answer = "<html>please log in</html>";

        assertThatThrownBy(place::tried).hasMessageContaining("holds other bytes");
    }

    /** A folder that refuses what a test wants it to. */
    private final class Place implements Store {
        private final Store folder = new Folder(home);
        private final List<String> puts = new ArrayList<>();
        private boolean writes = true;
        private boolean deletes = true;
        private String answer = "";

        String tried() throws IOException {
            return new WritingTrial(this, false).outcome();
        }

        @Override
        public void put(String name, Path file) throws IOException {
            if (!writes) {
                throw new IOException("403, only to read");
            }
            puts.add(name);
            folder.put(name, file);
        }

        @Override
        public InputStream get(String name) throws IOException {
            return answer.isEmpty()
                    ? folder.get(name)
                    : new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public List<Stored> list(String wanted) throws IOException {
            return folder.list(wanted);
        }

        @Override
        public void delete(String name) throws IOException {
            if (!deletes) {
                throw new IOException("403, not to delete");
            }
            folder.delete(name);
        }
    }
}
