package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Of a vault of several snapshots and several keys, no bit can be flipped and no file exchanged without verification
 * naming it (facts/vault-study.md §5 "damage").
 */
class FlippedBitsTest {
    private static final int FLIPS = 1_000;
    private static final List<Identity> KEYS = List.of(Identity.create(), Identity.create());

    private final Workshop workshop = new Workshop();
    private final MemoryStore store = new MemoryStore();
    private final List<RunId> runs = new ArrayList<>();

    @AfterEach
    void clear() throws Exception {
        workshop.close();
    }

    @Test
    void each_of_a_thousand_flipped_bits_is_found_and_its_file_named() throws Exception {
        fill();

        assertEachFlipIsNamed(workshop.vault(store), Level.FULL);
    }

    @Test
    void of_an_encrypted_vault_each_is_found_without_any_key() throws Exception {
        workshop.recipients = KEYS.stream().map(Identity::recipient).toList();
        fill();

        assertEachFlipIsNamed(workshop.vault(store), Level.STORED);
    }

    @Test
    void two_files_that_change_places_are_both_named() throws Exception {
        fill();
        var sound = Map.copyOf(store.files);
        var names = List.copyOf(store.files.keySet());
        var vault = workshop.vault(store);
        for (int i = 0; i < names.size(); i++) {
            for (int step : List.of(1, 5)) {
                var one = names.get(i);
                var other = names.get((i + step) % names.size());
                exchange(one, other);

                var findings = vault.verify(Level.FULL, run -> true, runs);
                assertThat(findings)
                        .as("%s and %s", one, other)
                        .anyMatch(finding -> names(finding, one) || names(finding, other));
                // A description that cannot be read hides what it describes; that shows when it is put right.
                for (var found : List.of(one, other)) {
                    var hidden = found.equals(one) ? other : one;
                    if (findings.stream().anyMatch(finding -> names(finding, found))) {
                        var wrong = store.files.put(found, sound.get(found));
                        assertThat(vault.verify(Level.FULL, run -> true, runs))
                                .as("%s in the place of %s", found, hidden)
                                .anyMatch(finding -> names(finding, hidden));
                        store.files.put(found, wrong);
                    }
                }
                exchange(one, other);
            }
        }
        assertThat(vault.verify(Level.FULL, run -> true, runs)).isEmpty();
    }

    @Test
    void a_file_of_an_earlier_run_in_the_place_of_a_later_one_is_named() throws Exception {
        fill();
        var vault = workshop.vault(store);
        var sound = Map.copyOf(store.files);
        var tried = 0;
        for (var name : sound.keySet()) {
            for (var earlier : earlierVersions(name)) {
                if (Arrays.equals(sound.get(earlier), sound.get(name))) {
                    continue;
                }
                store.files.put(name, sound.get(earlier));

                assertThat(vault.verify(Level.FULL, run -> true, runs))
                        .as("%s as %s", earlier, name)
                        .anyMatch(finding -> names(finding, name));
                store.files.put(name, sound.get(name));
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(15);
    }

    @Test
    void a_whole_earlier_description_in_the_place_of_a_later_one_is_named() throws Exception {
        fill();
        var first = runs.get(0);
        var last = runs.get(runs.size() - 1);
        for (var file : List.copyOf(store.files.keySet())) {
            if (file.startsWith("meta/" + first)) {
                store.files.put(file.replace(first.value(), last.value()), store.files.get(file));
            }
        }

        assertThat(workshop.vault(store).verify(Level.QUICK, run -> true, runs))
                .anyMatch(finding -> names(finding, Names.list(last)));
    }

    /** Four snapshots with packs of both kinds, loose files, parts, what moved, and two hosts that sign. */
    private void fill() throws IOException {
        grow(Workshop.sample());
        grow(CrashTest.changed());
        var moved = new TreeMap<String, byte[]>();
        Workshop.sample().forEach((path, content) -> moved.put("moved/" + path, content));
        moved.put("files/more.bin", Workshop.noise(5_000, 8));
        grow(moved);
        var other = SigningKey.at(workshop.home.resolve("other-host.pem"));
        var last = new Sealer(workshop.spool(), other, workshop.recipients, workshop.limits)
                .seal(
                        RunId.create(Clock.offset(workshop.clock(), Duration.ofDays(1)), workshop.random),
                        workshop.stage(CrashTest.changed()),
                        Workshop.facts(),
                        Notes.NONE);
        assertThat(new Shipper(workshop.spool(), other, true)
                        .ship(last, "vault", store, List.of())
                        .error())
                .isEmpty();
        runs.add(last.id());
        var kinds = store.files.keySet().stream()
                .map(name ->
                        name.replaceAll("\\d{8}T\\d{6}Z-[0-9a-f]{6}", "RUN").replaceAll("\\d{4}|-[0-9a-f]{16}", "#"))
                .distinct()
                .toList();
        assertThat(kinds)
                .contains("README.txt", "vault.json", "allowed_signers", "allowed_signers#")
                .contains("meta/RUN.sha256", "meta/RUN.sha256.sig", "meta/RUN.json")
                .hasSizeGreaterThanOrEqualTo(12);
        assertThat(workshop.vault(store).verify(Level.STORED, run -> true, runs))
                .isEmpty();
    }

    private void grow(Map<String, byte[]> tree) throws IOException {
        var sealed = workshop.seal(tree);
        assertThat(workshop.ship(sealed, store).error()).isEmpty();
        runs.add(sealed.id());
    }

    /** Each file has its turn, and in it each bit the same chance. */
    private void assertEachFlipIsNamed(Vault vault, Level level) throws IOException {
        var random = new Random(1);
        var names = List.copyOf(store.files.keySet());
        for (int i = 0; i < FLIPS; i++) {
            var name = names.get(i % names.size());
            var content = store.files.get(name);
            var bit = random.nextInt(8 * content.length);
            content[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(vault.verify(level, run -> true, runs))
                    .as("bit %s of %s", bit, name)
                    .anyMatch(finding -> names(finding, name));
            content[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(vault.verify(level, run -> true, runs)).isEmpty();
    }

    private void exchange(String one, String other) {
        store.files.put(one, store.files.put(other, store.files.get(one)));
    }

    /** What lies under names of the same kind and is of earlier runs. */
    private List<String> earlierVersions(String name) {
        var run = name.contains("/") ? RunId.leading(name.substring(name.indexOf('/') + 1)) : Optional.<RunId>empty();
        if (run.isEmpty()) {
            return List.of();
        }
        return runs.stream()
                .filter(earlier -> earlier.compareTo(run.get()) < 0)
                .map(earlier -> name.replace(run.get().value(), earlier.value()))
                .filter(store.files::containsKey)
                .toList();
    }

    private static boolean names(Finding finding, String name) {
        return finding.isDamage()
                && (finding.file().equals(name)
                        || Pattern.compile(Pattern.quote(name) + "(?![-.\\w])")
                                .matcher(finding.what())
                                .find());
    }
}
