package dev.saddlebag.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateCheckTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} MB free, newest snapshot {1} MB: {2}")
    @CsvSource({
        "499, 0, FAILED",
        "501, 0, WARNING",
        "1999, 0, WARNING",
        "2001, 0, OK",
        "2001, 10, OK",
        "5999, 6000, FAILED",
        "6001, 6000, WARNING",
        "11999, 6000, WARNING",
        "12001, 6000, OK"
    })
    void room_is_needed_for_two_snapshots(long free, long newest, Level level) {
        Finding room = new StateCheck(folder, any -> free * 1_000_000)
                .of(List.of(), newest * 1_000_000)
                .get(1);
        assertThat(room.level()).isEqualTo(level);
        assertThat(room.remedy().isEmpty()).isEqualTo(level == Level.OK);
    }

    @Test
    void a_directory_that_is_not_there_yet_is_not_made() throws IOException {
        Finding written = check(folder.resolve("far/away"));
        assertThat(written.level()).isEqualTo(Level.OK);
        assertThat(written.found()).contains("the first run makes it");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nothing_is_left_of_the_trial() throws IOException {
        assertThat(check(folder).level()).isEqualTo(Level.OK);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_file_in_its_place_is_a_failure() throws IOException {
        Finding written = check(Files.writeString(folder.resolve("file"), ""));
        assertThat(written.level()).isEqualTo(Level.FAILED);
        assertThat(written.found()).contains("is no folder");
    }

    @Test
    void a_directory_that_may_only_be_read_is_a_failure() throws IOException {
        assumeFalse(System.getProperty("user.name").equals("root"), "root may write everywhere");
        Path directory = Files.createDirectory(
                folder.resolve("state"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        assertThat(check(directory).level()).isEqualTo(Level.FAILED);
        assertThat(check(directory.resolve("below")).level()).isEqualTo(Level.FAILED);
    }

    private static Finding check(Path directory) {
        return new StateCheck(directory, any -> Long.MAX_VALUE).of(List.of(), 0).get(0);
    }
}
