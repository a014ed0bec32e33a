package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact bytes of the format: when a test here must change, old vaults need thought (docs/vault-format.md). */
class VaultFormatTest {
    private static final RunId RUN = RunId.parse("20261120T020005Z-7f3a91");
    private static final RunId OLDER = RunId.parse("20261119T020004Z-51c0de");
    private static final String HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final Workshop workshop = new Workshop(Limits.STANDARD);

    @AfterEach
    void clear() throws Exception {
        workshop.close();
    }

    @Test
    void a_list_is_what_sha256sum_writes_and_a_closing_line() throws Exception {
        var list = SumList.of(Map.of(
                "meta/" + RUN + ".manifest.gz", HASH,
                "data/" + RUN + "-p0001.zip", HASH,
                "meta/" + RUN + ".json", HASH,
                "data/" + OLDER + "-b0003.pdf.001", HASH));

        assertThat(new String(list.encode(), StandardCharsets.UTF_8)).isEqualTo("""
                %1$s  data/20261119T020004Z-51c0de-b0003.pdf.001
                %1$s  data/20261120T020005Z-7f3a91-p0001.zip
                %1$s  meta/20261120T020005Z-7f3a91.json
                %1$s  meta/20261120T020005Z-7f3a91.manifest.gz
                # complete 4
                """.formatted(HASH));
        assertThat(SumList.parse(RUN, list.encode())).isEqualTo(list);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# complete 1\n",
                "# complete 0",
                "# complete 0\n\n",
                "H  data/x\n# complete 1\n",
                "H  meta/20261119T020004Z-51c0de.json\n# complete 1\n",
                "H  ../etc/passwd\n# complete 1\n",
                "H  data/20261119T020004Z-51c0de-p0001.zip\n",
                "H  data/20261119T020004Z-51c0de-p0001.zip\n# complete 2\n",
                "H data/20261119T020004Z-51c0de-p0001.zip\n# complete 1\n",
                "H  data/20261119T020004Z-51c0de-p0001.zip\r\n# complete 1\r\n",
                "H  data/20261119T020004Z-51c0de-p0002.zip\nH  data/20261119T020004Z-51c0de-p0001.zip\n# complete 2\n"
            })
    void any_other_list_is_refused(String text) {
        assertThatThrownBy(() -> SumList.parse(RUN, text.replace("H", HASH).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_record_says_what_a_listing_shows() throws Exception {
        var record = new SnapshotRecord(
                RUN,
                "00112233445566778899aabbccddeeff",
                HASH,
                "acme",
                OLDER,
                new Facts("accepted", true, Map.of("pages", 3L, "entries", 5L), "saddlebag 0.1.0"),
                new TreeMap<>(Map.of(OLDER, HASH)),
                new TreeMap<>(Map.of("data/" + RUN + "-p0001.zip", 1234L)));

        assertThat(new String(record.encode(), StandardCharsets.UTF_8)).isEqualTo("""
                {
                  "format" : "saddlebag-vault/1",
                  "requires" : [ ],
                  "id" : "20261120T020005Z-7f3a91",
                  "vault" : "00112233445566778899aabbccddeeff",
                  "vaultSha256" : "%1$s",
                  "workspace" : "acme",
                  "started" : "2026-11-20T02:00:05Z",
                  "tool" : "saddlebag 0.1.0",
                  "verdict" : "accepted",
                  "complete" : true,
                  "counts" : {
                    "entries" : 5,
                    "pages" : 3
                  },
                  "parent" : "20261119T020004Z-51c0de",
                  "previous" : [
                    {
                      "id" : "20261119T020004Z-51c0de",
                      "sha256" : "%1$s"
                    }
                  ],
                  "sizes" : {
                    "data/20261120T020005Z-7f3a91-p0001.zip" : 1234
                  }
                }
                """.formatted(HASH));
        assertThat(SnapshotRecord.parse(record.encode())).isEqualTo(record);
    }

    @Test
    void a_manifest_is_one_json_line_a_path() throws Exception {
        var header = new ManifestHeader(
                RUN, "acme", Map.of("entries", 1L, "bytes", 2L), List.of("data/x", "data/y"), Map.of("data/x", 7L));
        var entry = new Entry("pages/日本.md", 911, HASH, List.of(1), "old.md", new Note("8b7e", "Über", "v1"));
        var parts = new Entry("files/plan.pdf", 73_400_320, HASH, List.of(0, 1), null, Note.NONE);

        assertThat(text(ManifestLines.encode(header)))
                .isEqualTo(
                        "{\"format\":\"saddlebag-manifest/1\",\"id\":\"20261120T020005Z-7f3a91\",\"workspace\":\"acme\","
                                + "\"counts\":{\"bytes\":2,\"entries\":1},\"files\":[\"data/x\",\"data/y\"],\"packed\":{\"data/x\":7}}");
        assertThat(text(ManifestLines.encode(entry)))
                .isEqualTo("{\"p\":\"pages/日本.md\",\"s\":911,\"h\":\"" + HASH
                        + "\",\"f\":1,\"e\":\"old.md\",\"id\":\"8b7e\",\"t\":\"Über\",\"v\":\"v1\"}");
        assertThat(text(ManifestLines.encode(parts)))
                .isEqualTo("{\"p\":\"files/plan.pdf\",\"s\":73400320,\"h\":\"" + HASH + "\",\"f\":[0,1]}");
    }

    @Test
    void a_vault_says_once_which_it_is() throws Exception {
        var vault = VaultDescription.create("acme", HASH, workshop.clock(), new Random(1));

        assertThat(text(vault.encode())).isEqualTo("""
                {
                  "format" : "saddlebag-vault/1",
                  "requires" : [ ],
                  "id" : "%s",
                  "workspace" : "acme",
                  "created" : "2026-11-20T02:00:05Z",
                  "hash" : "sha256",
                  "encryption" : "none",
                  "readmeSha256" : "%s"
                }
                """.formatted(vault.id(), HASH));
        assertThat(vault.id()).matches("[0-9a-f]{32}");
        assertThat(VaultDescription.parse(vault.encode())).isEqualTo(vault);
    }

    @Test
    void small_files_are_packed_and_large_ones_lie_alone_in_parts_of_64_mebibytes() throws Exception {
        var files = new TreeMap<String, byte[]>();
        files.put("a.json", Workshop.text("{}"));
        files.put("b.png", Workshop.noise(100, 1));
        files.put("large.Pdf", Workshop.noise(4 << 20, 2));
        files.put("large.tar.age", Workshop.noise(4 << 20, 3));
        files.put("small.pdf", Workshop.noise((4 << 20) - 1, 4));
        files.put("table.csv", Workshop.text("x".repeat(5 << 20)));
        files.put("video.mp4", Workshop.noise((64 << 20) + 1, 5));

        var sealed = workshop.seal(files);

        var data = "data/" + sealed.id() + "-";
        assertThat(sealed.snapshot().record().sizes().keySet().stream()
                        .filter(Names::isData)
                        .map(name -> name.replace(data, "")))
                .containsExactly("b0003.pdf", "b0004", "b0005.mp4.001", "b0005.mp4.002", "f0002.zip", "p0001.zip");
        assertThat(sealed.file(data + "b0005.mp4.001")).hasSize(64 << 20);
        assertThat(sealed.file(data + "b0005.mp4.002")).hasSize(1);
        try (var pack = new ZipFile(sealed.file(data + "p0001.zip").toFile())) {
            assertThat(pack.stream().map(java.util.zip.ZipEntry::getName)).containsExactly("a.json", "table.csv");
        }
        assertThat(sealed.file(data + "p0001.zip").toFile())
                .as("text is deflated")
                .size()
                .isLessThan(20_000);
    }

    @Test
    void a_change_of_one_percent_writes_that_percent() throws Exception {
        var files = new TreeMap<String, byte[]>();
        for (int i = 0; i < 500; i++) {
            files.put("objects/pages/" + i + ".json", Workshop.text("{\"page\":" + i + "}"));
        }
        workshop.seal(files);
        for (int i = 0; i < 500; i += 100) {
            files.put("objects/pages/" + i + ".json", Workshop.text("{\"page\":" + i + ",\"changed\":true}"));
        }

        var second = workshop.seal(files);

        try (var data = java.nio.file.Files.list(second.file("data"))) {
            var packs = data.toList();
            assertThat(packs).hasSize(1);
            try (var pack = new ZipFile(packs.get(0).toFile())) {
                assertThat(pack.stream().map(java.util.zip.ZipEntry::getName))
                        .containsExactlyInAnyOrder(
                                "objects/pages/0.json",
                                "objects/pages/100.json",
                                "objects/pages/200.json",
                                "objects/pages/300.json",
                                "objects/pages/400.json");
            }
        }
    }

    @Test
    void a_run_id_is_a_time_and_a_random_number() {
        assertThat(RUN.started()).isEqualTo("2026-11-20T02:00:05Z");
        assertThat(RUN).isGreaterThan(OLDER).hasToString("20261120T020005Z-7f3a91");
        assertThat(RunId.create(workshop.clock(), new Random(1)).value()).startsWith("20261120T020005Z-");
        for (var wrong : List.of("", "latest", "20261320T020005Z-7f3a91", "20261120T020005Z-7F3A91", "../x")) {
            assertThatThrownBy(() -> RunId.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + wrong + "\"")
                    .hasMessageContaining("20261120T020005Z-7f3a91");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
