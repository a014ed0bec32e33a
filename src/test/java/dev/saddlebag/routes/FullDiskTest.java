package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real file systems that are full or read-only, and the real command line (facts/vault-study.md §5 "disk full"). */
class FullDiskTest {
    @TempDir
    Path folder;

    @BeforeEach
    void placeToMount() throws Exception {
        Files.createDirectories(folder.resolve("small/nas"));
    }

    @Test
    void a_full_destination_stops_no_other_and_gets_what_it_missed_when_there_is_room() throws Exception {
        var steps = withTwoDestinations("""
                mount -t tmpfs -o size=2m tmpfs small
                head -c 2000k /dev/zero > small/ballast
                step wrong saddlebag backup
                step half saddlebag snapshots --destination nas
                rm small/ballast
                step right saddlebag backup
                step healed saddlebag verify --level full --destination nas
                step snapshots saddlebag snapshots --destination nas
                """);

        assertUndelivered(steps.get("wrong"), "No space left on device", "Check the free space");
        assertThat(steps.get("half").said()).contains("There are no snapshots yet");
        assertHealed(steps);
    }

    @Test
    void a_read_only_destination_stops_no_other_and_gets_what_it_missed_when_it_can_be_written() throws Exception {
        var steps = withTwoDestinations("""
                mount --bind small small
                mount -o remount,bind,ro small
                step wrong saddlebag backup
                step doctor saddlebag doctor
                umount small
                step right saddlebag backup
                step healed saddlebag verify --level full --destination nas
                step snapshots saddlebag snapshots --destination nas
                """);

        assertUndelivered(steps.get("wrong"), "Read-only file system", "mounted for writing");
        assertThat(steps.get("doctor").exit()).isEqualTo(1);
        assertThat(steps.get("doctor").said()).contains("nas", "Read-only file system");
        assertHealed(steps);
    }

    /** So little room, in kB, that the run fails as it begins, or in the midst of collecting. */
    @ParameterizedTest
    @ValueSource(ints = {0, 300})
    void a_full_state_directory_fails_the_run_in_words_and_the_next_goes_on(int free) throws Exception {
        var steps = withOneDestination("""
                mkdir state
                mount -t tmpfs -o size=8m tmpfs state
                step first saddlebag backup
                head -c $(( $(df -k --output=avail state | tail -1) - FREE ))k /dev/zero > state/ballast
                step wrong saddlebag backup --depth sweep
                step meanwhile saddlebag verify
                rm state/ballast
                step right saddlebag backup --depth sweep
                step healed saddlebag verify --level full
                step snapshots saddlebag snapshots
                """.replace("FREE", Integer.toString(free)));

        assertThat(steps.get("first").exit()).isZero();
        assertFailed(steps.get("wrong"), "No space left on device", "room");
        assertThat(steps.get("meanwhile").exit())
                .as(steps.get("meanwhile").said())
                .isZero();
        assertHealed(steps);
    }

    @Test
    void a_read_only_state_directory_fails_the_run_in_words_before_anything_is_asked() throws Exception {
        var steps = withOneDestination("""
                mkdir state
                step first saddlebag backup
                mount --bind state state
                mount -o remount,bind,ro state
                step wrong saddlebag backup
                step meanwhile saddlebag verify --level full
                umount state
                step right saddlebag backup
                step healed saddlebag verify --level full
                step snapshots saddlebag snapshots
                """);

        assertFailed(steps.get("wrong"), "Read-only file system", "mounted for writing", "Nothing was asked of Notion");
        assertThat(steps.get("meanwhile").exit())
                .as(steps.get("meanwhile").said())
                .isZero();
        assertHealed(steps);
    }

    private static void assertUndelivered(OwnMounts.Step wrong, String... words) {
        assertThat(wrong.exit()).as(wrong.said()).isEqualTo(5);
        assertThat(wrong.said())
                .contains("not every destination has it", "delivered   vault:", "delivered   nas: FAILED")
                .contains("safe in the spool")
                .contains(words);
    }

    private static void assertFailed(OwnMounts.Step wrong, String... words) {
        assertThat(wrong.exit()).as(wrong.said()).isEqualTo(1);
        assertThat(wrong.said()).contains(words).contains("as they were").doesNotContain("\tat ");
    }

    /** Of the two runs that came through, both are there and whole. */
    private static void assertHealed(Map<String, OwnMounts.Step> steps) {
        assertThat(steps.get("right").exit()).as(steps.get("right").said()).isZero();
        assertThat(steps.get("healed").exit()).as(steps.get("healed").said()).isZero();
        assertThat(steps.get("snapshots").said().lines().filter(line -> line.contains("accepted")))
                .hasSize(2);
    }

    private Map<String, OwnMounts.Step> withOneDestination(String script) throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(3, 30), Behaviour.standard()).readable()) {
            return OwnMounts.of(lab).run(script);
        }
    }

    private Map<String, OwnMounts.Step> withTwoDestinations(String script) throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(3, 30), Behaviour.standard()).readable()) {
            Files.writeString(
                    lab.configuration(),
                    Files.readString(lab.configuration()).replace("destinations = vault", "destinations = vault, nas")
                            + """
                            saddlebag.destination.nas.kind = folder
                            saddlebag.destination.nas.directory = small/nas
                            """);
            return OwnMounts.of(lab).run(script);
        }
    }
}
