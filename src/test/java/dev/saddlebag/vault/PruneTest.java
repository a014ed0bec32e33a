package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.vault.FaultyStore.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a prune takes, what it never takes, and when it refuses (facts/vault-study.md §4.7). */
class PruneTest {
    private final Garden garden = new Garden();
    private final List<RunId> runs = new ArrayList<>();

    @BeforeEach
    void fourDays() throws Exception {
        for (int day = 0; day < 4; day++) {
            runs.add(garden.grow());
        }
    }

    @AfterEach
    void clear() throws Exception {
        garden.close();
    }

    @Test
    void what_expires_is_hidden_first_and_a_week_later_nothing_is_left_of_it() throws Exception {
        var before = Map.copyOf(garden.store.files);

        var first = garden.prune();

        assertThat(first.hidden()).containsExactly(runs.get(0), runs.get(1));
        assertThat(first.kept()).isEqualTo(2);
        assertThat(first.files()).isZero();
        assertThat(garden.store.files).containsAllEntriesOf(before).hasSize(before.size() + 2);
        assertThat(ids()).containsExactly(runs.get(2), runs.get(3));
        garden.assertSound();

        garden.growAfterAWeek();
        var second = garden.prune();

        assertThat(second.removed()).containsExactly(runs.get(0), runs.get(1));
        assertThat(second.files()).isPositive();
        assertThat(second.bytes()).isGreaterThan(4096);
        assertThat(garden.store.files.keySet()).noneMatch(name -> name.startsWith("meta/" + runs.get(0)));
        assertThat(garden.store.list("trash")).isEmpty();
        garden.assertSound();
    }

    @Test
    void data_that_a_living_snapshot_shares_with_a_dead_one_stays() throws Exception {
        var shared = garden.store.list("data").stream()
                .map(Store.Stored::name)
                .filter(name -> name.startsWith("data/" + runs.get(0)))
                .toList();
        garden.prune();
        garden.growAfterAWeek();

        garden.prune();

        assertThat(garden.store.files.keySet())
                .filteredOn(shared::contains)
                .isNotEmpty()
                .hasSizeLessThan(shared.size());
        garden.assertSound();
    }

    @Test
    void weeks_of_daily_prunes_leave_only_what_is_needed_or_of_late() throws Exception {
        for (int day = 0; day < 20; day++) {
            garden.grow();
            garden.prune();
        }
        garden.assertSound();
        garden.later(Duration.ofDays(1));

        assertThat(ids()).hasSize(2);
        var week = RunId.stamp(garden.workshop.now.minus(Duration.ofDays(10)));
        assertThat(garden.garbage()).allMatch(name -> name.substring(5).compareTo(week) > 0);
    }

    @Test
    void a_reader_without_memory_never_takes_a_pruned_snapshot_for_a_stolen_one() throws Exception {
        garden.prune();
        garden.later(Duration.ofDays(8));

        var first = garden.pruner(garden.store).prune(Garden.LAST_TWO, Duration.ofDays(30), true);

        assertThat(first.files()).isPositive();
        assertThat(first.removed())
                .as("the newest snapshot still testifies for them")
                .isEmpty();
        assertThat(garden.workshop.vault(garden.store).verify(Level.QUICK, run -> true, List.of()))
                .noneMatch(Finding::isDamage);
        garden.grow();
        assertThat(garden.prune().removed()).containsExactly(runs.get(0), runs.get(1));
        assertThat(garden.workshop.vault(garden.store).verify(Level.QUICK, run -> true, List.of()))
                .noneMatch(Finding::isDamage);
    }

    @Test
    void a_hidden_snapshot_can_be_had_back() throws Exception {
        garden.prune();

        assertThat(garden.pruner(garden.store).undelete(runs.get(0).value().substring(0, 10)))
                .isEqualTo(runs.get(0));

        assertThat(ids()).containsExactly(runs.get(0), runs.get(2), runs.get(3));
        assertThat(garden.workshop.spool().alive()).containsKey(runs.get(0));
        garden.assertSound();
        assertThatThrownBy(
                        () -> garden.pruner(garden.store).undelete(runs.get(0).value()))
                .isInstanceOf(NoSuchSnapshotException.class)
                .hasMessageContaining(runs.get(1).value());
    }

    @Test
    void what_lacks_a_file_is_not_had_back() throws Exception {
        garden.prune();
        garden.store.files.keySet().removeIf(name -> name.startsWith("data/" + runs.get(0)));

        assertThatThrownBy(
                        () -> garden.pruner(garden.store).undelete(runs.get(0).value()))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("data/" + runs.get(0));
        assertThat(ids()).doesNotContain(runs.get(0));
    }

    @Test
    void what_a_prune_has_announced_is_not_had_back() throws Exception {
        garden.prune();
        garden.store.files.put("trash/20261124T000000Z-abcdef", Workshop.text(Names.record(runs.get(0)) + "\n"));

        assertThatThrownBy(
                        () -> garden.pruner(garden.store).undelete(runs.get(0).value()))
                .hasMessageContaining("about to delete");
        assertThat(ids()).doesNotContain(runs.get(0));
    }

    @Test
    void a_look_changes_nothing_and_tells_what_a_prune_then_does() throws Exception {
        garden.prune();
        garden.growAfterAWeek();
        var before = Map.copyOf(garden.store.files);

        var foreseen = garden.pruner(garden.store).foresee(Garden.LAST_TWO, Garden.DAILY, true);

        assertThat(garden.store.files).isEqualTo(before);
        assertThat(garden.prune()).isEqualTo(foreseen);
    }

    @Test
    void a_planted_marker_kills_nothing_that_the_rules_keep() throws Exception {
        garden.store.files.put("meta/" + runs.get(3) + ".pruned-20200101T000000Z", new byte[0]);
        garden.grow();
        garden.grow();
        garden.store.files.put("meta/" + runs.get(2) + ".pruned-20200101T000000Z", new byte[0]);
        garden.pruner(garden.store).prune(new Retention(6, Duration.ZERO, 0, 0, 0, 0), Garden.DAILY, true);

        garden.store.files.keySet().removeIf(name -> name.contains(".pruned-"));
        assertThat(ids()).containsAll(runs);
        garden.assertSound();
    }

    @Test
    void a_dead_intent_and_its_data_go_after_a_week_and_a_living_one_stays() throws Exception {
        var dead = garden.seal();
        var faulty = new FaultyStore(garden.store, Fault.CRASH_BEFORE, 15);
        assertThatThrownBy(() -> garden.workshop.ship(dead, faulty)).isInstanceOf(Crash.class);
        assertThat(garden.store.files).containsKey(Names.list(dead.id()));
        assertThat(garden.store.files.keySet()).anyMatch(name -> name.startsWith("data/" + dead.id()));
        Workshop.erase(garden.workshop.home.resolve("state/spool/sealed/" + dead.id()));
        garden.workshop.spool().forgetAlive(dead.id());
        garden.later(Duration.ofDays(2));
        garden.grow();

        garden.prune();
        assertThat(garden.store.files).containsKey(Names.list(dead.id()));

        for (int day = 0; day < 6; day++) {
            garden.grow();
        }
        assertThat(garden.prune().removed()).contains(dead.id());
        assertThat(garden.store.files.keySet())
                .noneMatch(name -> name.contains(dead.id().value()));
        garden.assertSound();
    }

    @Test
    void an_old_run_that_is_on_its_way_here_is_spared() throws Exception {
        var late = garden.seal();
        for (int day = 0; day < 20; day++) {
            garden.grow();
        }
        // It was not delivered for three weeks, and now breaks off in the middle.
        garden.workshop.now = garden.workshop.now.plus(Duration.ofHours(1));
        var store = garden.store;
        store.files.keySet().removeIf(name -> name.contains(late.id().value()));
        for (int operation = 8; operation < 30; operation++) {
            var faulty = new FaultyStore(store, Fault.CRASH_BEFORE, operation);
            try {
                garden.workshop.ship(late, faulty);
            } catch (Crash expected) {
                garden.prune();
            }
        }
        assertThat(garden.workshop.ship(late, store).delivered()).isTrue();
        garden.assertSound();
    }

    @Test
    void a_run_from_the_future_is_left_alone() throws Exception {
        garden.workshop.now = garden.workshop.now.plus(Duration.ofDays(400));
        var future = garden.grow();
        garden.workshop.now = garden.workshop.now.minus(Duration.ofDays(401));

        assertThat(garden.prune().future()).containsExactly(future);

        assertThat(ids()).containsExactly(runs.get(2), runs.get(3), future);
    }

    @Test
    void a_vault_whose_runs_are_all_a_few_seconds_ahead_is_pruned() throws Exception {
        try (var young = new Garden()) {
            var first = young.grow();
            young.workshop.now = first.started().minusSeconds(3);

            assertThat(young.prune().future()).isEmpty();
        }
    }

    // --- brakes

    @Test
    void a_snapshot_that_this_host_knows_of_and_the_listing_lacks_stops_it() throws Exception {
        garden.store.files.keySet().removeIf(name -> name.startsWith("meta/" + runs.get(1)));
        refused("does not show the snapshot " + runs.get(1));
    }

    @Test
    void a_host_that_remembers_nothing_does_not_prune() throws Exception {
        Workshop.erase(garden.workshop.home.resolve("state/spool/ledger.json"));
        refused("does not know of any snapshot");
    }

    @Test
    void a_torn_list_of_a_run_on_its_way_stops_it() throws Exception {
        var list = garden.store.files.get(Names.list(runs.get(3)));
        var intent = RunId.create(garden.workshop.clock(), garden.workshop.random);
        garden.store.files.put(Names.list(intent), java.util.Arrays.copyOf(list, list.length / 2));
        refused(Names.list(intent));
    }

    @Test
    void a_damaged_snapshot_stops_it() throws Exception {
        garden.store.files.compute(Names.list(runs.get(0)), (name, content) -> Damage.FLIP.apply(content));
        refused("is damaged");
    }

    @Test
    void a_lost_pack_stops_it() throws Exception {
        garden.store.files.keySet().removeIf(name -> name.startsWith("data/" + runs.get(3)));
        refused("data/" + runs.get(3));
    }

    @Test
    void it_does_not_thin_out_a_history_that_no_longer_grows() throws Exception {
        garden.later(Duration.ofDays(3).plusSeconds(1));
        refused("three times the interval");
    }

    @Test
    void partial_snapshots_do_not_make_a_history_grow() throws Exception {
        garden.later(Duration.ofDays(3));
        var workshop = garden.workshop;
        workshop.now = workshop.now.plus(Duration.ofDays(1));
        var partial = new Sealer(workshop.spool(), workshop.key, workshop.limits)
                .seal(
                        RunId.create(workshop.clock(), workshop.random),
                        workshop.stage(Workshop.sample()),
                        new Facts("accepted", false, Map.of(), "test"),
                        Notes.NONE);
        assertThat(workshop.ship(partial, garden.store).delivered()).isTrue();

        refused("three times the interval");
        garden.grow();
        garden.prune();
        assertThat(ids()).hasSize(2).doesNotContain(partial.id());
    }

    @Test
    void a_large_part_goes_only_when_told_to() throws Exception {
        garden.prune();
        for (int day = 0; day < 2; day++) {
            garden.grow();
        }
        var impatient = new PruneLimits(
                Duration.ZERO, Duration.ofDays(7), Duration.ZERO, Duration.ofHours(1), Duration.ofDays(7), 25);
        var pruner = new Pruner(
                garden.workshop.vault(garden.store),
                garden.workshop.spool(),
                "vault",
                impatient,
                garden.workshop.random);
        var before = garden.store.list("data").size();

        assertThatThrownBy(() -> pruner.prune(Garden.LAST_TWO, Garden.DAILY, false))
                .isInstanceOf(PruneRefusedException.class)
                .hasMessageContaining("of " + before + " data files")
                .hasMessageContaining("--override-share");
        assertThat(garden.store.list("data")).hasSize(before);
        assertThat(pruner.prune(Garden.LAST_TWO, Garden.DAILY, true).files()).isPositive();
        garden.assertSound();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data", "meta"})
    void a_listing_that_is_cut_anywhere_is_refused(String folder) throws Exception {
        garden.prune();
        garden.growAfterAWeek();
        var whole = garden.store.list(folder).size();
        for (int length = 0; length < whole; length++) {
            var copy = garden.store.copy();
            var cut = new CutListing(copy, folder, length);
            assertThatThrownBy(() -> garden.prune(cut))
                    .as("%s cut at %s", folder, length)
                    .isInstanceOf(PruneRefusedException.class)
                    .hasMessageContaining("Nothing was deleted");
            assertThat(copy.files).containsExactlyEntriesOf(garden.store.files);
        }
    }

    @Test
    void more_than_an_hour_after_the_announcement_nothing_is_deleted() throws Exception {
        garden.prune();
        garden.growAfterAWeek();
        var steps = new ArrayList<>(Pruning.STEPS);
        steps.add(8, pruning -> garden.later(Duration.ofHours(1).plusSeconds(1)));
        var before = garden.store.list("data");

        var pruned = garden.prune(garden.store, PruneLimits.STANDARD, steps, EnumSet.allOf(Root.class));

        assertThat(pruned.files()).isZero();
        assertThat(pruned.left()).isPositive();
        assertThat(garden.store.list("data")).isEqualTo(before);
        assertThat(garden.store.list("trash")).isEmpty();
        garden.assertSound();
        assertThat(garden.prune().files()).isPositive();
    }

    // --- crashes

    @ParameterizedTest
    @EnumSource(Fault.class)
    void wherever_a_prune_stops_nothing_alive_is_lost_and_a_later_one_clears_up(Fault fault) throws Exception {
        garden.prune();
        garden.growAfterAWeek();
        var truth = garden.store.copy();
        var state = garden.workshop.home.resolve("state/spool/ledger.json");
        var ledger = java.nio.file.Files.readAllBytes(state);
        var now = garden.workshop.now;
        boolean failed;
        var operation = 0;
        do {
            operation++;
            garden.store.files.clear();
            garden.store.files.putAll(truth.copy().files);
            java.nio.file.Files.write(state, ledger);
            garden.workshop.now = now;
            var faulty = new FaultyStore(garden.store, fault, operation);
            try {
                garden.prune(faulty);
            } catch (Crash | IOException expected) {
                assertThat(faulty.failed()).isTrue();
            }
            failed = faulty.failed();
            garden.assertNothingLost();
            garden.later(Duration.ofDays(10));
            assertThat(garden.pruner(garden.store)
                            .prune(Garden.LAST_TWO, Duration.ofDays(30), true)
                            .left())
                    .isZero();
            garden.later(Duration.ofDays(20));
            garden.pruner(garden.store).prune(Garden.LAST_TWO, Duration.ofDays(30), true);
            garden.assertNothingLost();
            assertThat(garden.garbage().stream().filter(name -> !name.startsWith("meta/")))
                    .as("%s at %s", fault, operation)
                    .isEmpty();
        } while (failed);
        assertThat(operation).as("operations of a prune").isGreaterThan(30);
    }

    private void refused(String why) throws IOException {
        var before = garden.store.list("data");
        assertThatThrownBy(garden::prune)
                .isInstanceOf(PruneRefusedException.class)
                .hasMessageContaining("Nothing")
                .hasMessageContaining(why);
        assertThat(garden.store.list("data")).isEqualTo(before);
    }

    private List<RunId> ids() throws IOException {
        return garden.workshop.vault(garden.store).snapshots().stream()
                .map(Snapshot::id)
                .toList();
    }
}
