package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.vault.Store;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** The kind {@code s3} with a store that is not Amazon's, is older, and knows locks. */
class RealCephTest implements StoreConformance {
    @RegisterExtension
    static final Ceph ceph = new Ceph();

    @RegisterExtension
    final OpenedKamelets kamelets = new OpenedKamelets("s3");

    @TempDir
    Path home;

    private String bucket;

    @BeforeEach
    void makeBucket() {
        bucket = ceph.bucket(false);
    }

    @Override
    public Store store() {
        return kamelets.vault(ceph.options(bucket));
    }

    @Override
    public boolean leaveTemporaryFile() {
        return false;
    }

    @Test
    void names_with_odd_signs_arrive_as_they_are() throws Exception {
        Store vault = store();
        for (String name : new String[] {
            "data/a b",
            "data/ü-日本-🎒",
            "data/it's",
            "data/x?y=1&z*",
            "data/(1)+%[2]\"3\"",
            "data/%2F",
            "data/a+b",
            "data/~"
        }) {
            vault.put(name, file("x"));
            try (var in = vault.get(name)) {
                assertThat(in).hasContent("x");
            }
        }
        assertThat(vault.list("data"))
                .extracting(Store.Stored::name)
                .hasSize(8)
                .contains("data/ü-日本-🎒", "data/a+b", "data/%2F");
    }

    @Test
    void newer_checksums_are_taken_and_not_looked_at() throws Exception {
        Map<String, String> options = ceph.options(bucket);
        options.remove("request-checksums");
        options.put("part-size", "5");
        Store vault = kamelets.vault(options);

        vault.put("data/x", file("x"));
        vault.put("data/large", Files.write(home.resolve("large"), new byte[6 << 20]));

        assertThat(vault.list("data"))
                .containsExactlyInAnyOrder(new Store.Stored("data/x", 1), new Store.Stored("data/large", 6 << 20));
        try (S3Client client = ceph.client()) {
            client.putObject(
                    request -> request.bucket(bucket).key("y").checksumCRC32("jNwWgw=="), RequestBody.fromString("y"));
        }
    }

    @Test
    void a_body_that_was_changed_on_its_way_is_refused() {
        try (S3Client client = ceph.client()) {
            assertThatThrownBy(() -> client.putObject(
                            request -> request.bucket(bucket).key("x").contentMD5("ndTkYSaMgDT1yFZOFVxnpg=="),
                            RequestBody.fromString("y")))
                    .hasMessageContaining("400");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_large_file_goes_in_parts_and_is_not_replaced(boolean conditional) throws Exception {
        Map<String, String> options = ceph.options(bucket);
        options.put("part-size", "5");
        options.put("conditional-writes", String.valueOf(conditional));
        Store vault = kamelets.vault(options);
        byte[] content = new byte[(11 << 20) + 7];
        new Random(2).nextBytes(content);
        Path large = Files.write(home.resolve("large"), content);

        vault.put("data/large", large);
        vault.put("data/large", large);

        try (var in = vault.get("data/large")) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThatThrownBy(() -> vault.put("data/large", file("other"))).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(vault.list("data")).containsExactly(new Store.Stored("data/large", content.length));
        try (S3Client client = ceph.client()) {
            assertThat(client.listMultipartUploads(request -> request.bucket(bucket))
                            .uploads())
                    .isEmpty();
        }
    }

    @Test
    void a_name_that_is_taken_is_refused_for_single_writes_and_taken_again_for_parts() {
        try (S3Client client = ceph.client()) {
            client.putObject(request -> request.bucket(bucket).key("x"), RequestBody.fromString("x"));

            assertThatThrownBy(() -> client.putObject(
                            request -> request.bucket(bucket).key("x").ifNoneMatch("*"), RequestBody.fromString("y")))
                    .hasMessageContaining("412");

            // Why S3Bucket looks for a file in parts before it sends the first.
            String upload = client.createMultipartUpload(
                            request -> request.bucket(bucket).key("x"))
                    .uploadId();
            String tag = client.uploadPart(
                            request -> request.bucket(bucket)
                                    .key("x")
                                    .uploadId(upload)
                                    .partNumber(1),
                            RequestBody.fromString("part"))
                    .eTag();
            client.completeMultipartUpload(request -> request.bucket(bucket)
                    .key("x")
                    .uploadId(upload)
                    .ifNoneMatch("*")
                    .multipartUpload(all -> all.parts(
                            CompletedPart.builder().partNumber(1).eTag(tag).build())));
            assertThat(client.headObject(request -> request.bucket(bucket).key("x"))
                            .contentLength())
                    .isEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource({"governance,x", "compliance,x", "governance,large", "compliance,large"})
    void what_is_locked_can_be_hidden_and_not_be_deleted(String mode, String name) throws Exception {
        String lockable = ceph.bucket(true);
        Map<String, String> options = ceph.options(lockable);
        options.put("object-lock-mode", mode);
        options.put("object-lock-days", "2");
        options.put("part-size", "5");
        Store vault = kamelets.vault(options);
        String key = "back/ups/acme/data/" + name;

        vault.put("data/" + name, name.equals("x") ? file("x") : Files.write(home.resolve("large"), new byte[6 << 20]));

        try (S3Client client = ceph.client()) {
            var head = client.headObject(request -> request.bucket(lockable).key(key));
            assertThat(head.objectLockModeAsString()).isEqualToIgnoringCase(mode);
            assertThat(head.objectLockRetainUntilDate())
                    .isBetween(
                            Instant.now().plus(Duration.ofDays(2)).minusSeconds(300),
                            Instant.now().plus(Duration.ofDays(2)));

            vault.delete("data/" + name);
            assertThat(vault.list("data")).isEmpty();
            assertThatThrownBy(() -> client.deleteObject(
                            request -> request.bucket(lockable).key(key).versionId(head.versionId())))
                    .hasMessageContaining("403");
            assertThat(client.headObject(
                                    request -> request.bucket(lockable).key(key).versionId(head.versionId()))
                            .contentLength())
                    .isPositive();
            if (mode.equals("compliance")) {
                assertThatThrownBy(() -> client.deleteObject(request -> request.bucket(lockable)
                                .key(key)
                                .versionId(head.versionId())
                                .bypassGovernanceRetention(true)))
                        .hasMessageContaining("403");
            }
        }
    }

    @Test
    void a_bucket_without_locks_says_so() {
        Map<String, String> options = ceph.options(bucket);
        options.put("object-lock-mode", "governance");
        options.put("object-lock-days", "2");

        assertThatThrownBy(() -> kamelets.vault(options).put("data/x", file("x")))
                .hasMessageContaining("answered 400")
                .hasMessageContaining("object-lock-mode");
    }

    private Path file(String content) throws Exception {
        return OpenedKamelets.file(home, content);
    }
}
