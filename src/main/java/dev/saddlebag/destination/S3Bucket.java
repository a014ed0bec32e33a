package dev.saddlebag.destination;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A vault in a bucket, under a prefix. An object appears when it is whole: by one PUT, or by the completion of a multipart
 * upload. A name is written once because the store is asked to refuse the second write ({@code If-None-Match: *}). This is
 * no route over {@code camel-aws2-s3}, which lists the first 1,000 keys in silence, knows no locks, leaves the kind of
 * checksums to the whole process, and asks the store when it starts (facts/vault-study.md §4.6).
 */
final class S3Bucket implements Remote.Connected {
    private static final int MEBIBYTE = 1 << 20;
    private static final int MOST_PARTS = 10_000;
    private static final int TRIES = 3;

    /** Of each request, with pauses that grow up to 20 seconds. */
    private static final int ATTEMPTS = 5;

    private static final Duration TO_CONNECT = Duration.ofSeconds(10);

    private final S3Client client;
    private final Bucket bucket;
    private final S3Writing writing;
    private final S3Troubles troubles;

    /**
     * Where the vaults lie.
     *
     * @param name the name of the bucket
     * @param prefix what all keys begin with: empty, or with a slash at its end
     * @param place the endpoint, for messages
     */
    record Bucket(String name, String prefix, String place) {}

    S3Bucket(S3Client client, Bucket bucket, S3Writing writing) {
        this.client = client;
        this.bucket = bucket;
        this.writing = writing;
        this.troubles = new S3Troubles(bucket);
    }

    /** The bucket that the options of the Kamelet name. */
    static S3Bucket of(Options options) throws IOException {
        Optional<URI> endpoint = options.text("endpoint").map(S3Bucket::address);
        Bucket bucket = new Bucket(
                options.required("bucket"),
                prefix(options.text("prefix").orElse("")),
                endpoint.map(URI::toString).orElse("AWS"));
        try {
            return new S3Bucket(client(options, endpoint), bucket, S3Writing.of(options, Clock.systemUTC()));
        } catch (SdkException noClient) {
            throw new S3Troubles(bucket).explained("", noClient);
        }
    }

    private static S3Client client(Options options, Optional<URI> endpoint) {
        boolean recent = S3Writing.isRecent(options);
        Duration timeout = options.timeout();
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(ApacheHttpClient.builder()
                        .connectionTimeout(timeout.compareTo(TO_CONNECT) < 0 ? timeout : TO_CONNECT)
                        .socketTimeout(timeout)
                        .maxConnections(20))
                .overrideConfiguration(calls -> calls.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build()))
                // Each request carries its own checksum in a header: trailers are what older stores stumble over.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(
                        recent ? ResponseChecksumValidation.WHEN_SUPPORTED : ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .forcePathStyle(options.flag("path-style", endpoint.isPresent()));
        endpoint.ifPresent(builder::endpointOverride);
        Optional<Region> region = options.text("region").map(Region::of);
        if (region.isPresent() || endpoint.isPresent()) {
            builder.region(region.orElse(Region.US_EAST_1));
        }
        if (options.text("access-key").isPresent() || options.text("secret-key").isPresent()) {
            builder.credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(options.required("access-key"), options.required("secret-key"))));
        }
        return builder.build();
    }

    private static URI address(String endpoint) {
        if (!endpoint.matches("https?://[^/?#]+/?")) {
            throw new IllegalArgumentException(
                    "the option endpoint must be an address such as https://s3.example.org, but is \"" + endpoint
                            + "\"");
        }
        return URI.create(endpoint);
    }

    private static String prefix(String given) {
        String prefix = given.replaceAll("^/+|/+$", "");
        return prefix.isEmpty() ? "" : prefix + "/";
    }

    @Override
    public void put(String name, Path file) throws IOException {
        String key = key(name);
        long size = Files.size(file);
        try {
            boolean parts = size > writing.partSize();
            // A refusal after all parts were sent would come late, and some stores know it for single writes only.
            if ((parts || !writing.conditional()) && isThere(name, key, size)) {
                return;
            }
            for (int tries = 1; ; tries++) {
                try {
                    if (parts) {
                        putInParts(key, file, size);
                    } else {
                        putAtOnce(key, file, size);
                    }
                    return;
                } catch (S3Exception refused) {
                    if (refused.statusCode() == 412 && isThere(name, key, size)) {
                        return;
                    }
                    // 409: another write of the same name is under way.
                    if (refused.statusCode() != 409 || tries == TRIES) {
                        throw refused;
                    }
                }
            }
        } catch (SdkException failed) {
            throw troubles.explained(name, failed);
        }
    }

    @Override
    public InputStream get(String name) throws IOException {
        String key = key(name);
        try {
            return new ExplainedInput(
                    client.getObject(request -> request.bucket(bucket.name()).key(key)),
                    broken -> troubles.broken(name, broken));
        } catch (NoSuchKeyException missing) {
            throw missing(name, missing);
        } catch (SdkException failed) {
            throw troubles.explained(name, failed);
        }
    }

    @Override
    public List<Stored> list(String folder) throws IOException {
        String prefix = bucket.prefix()
                + (folder.isEmpty() ? "" : key(folder).substring(bucket.prefix().length()) + "/");
        List<Stored> found = new ArrayList<>();
        try {
            String next = null;
            do {
                ListObjectsV2Response page = page(prefix, next);
                for (S3Object object : page.contents()) {
                    String name = object.key().substring(bucket.prefix().length());
                    boolean marksFolder = name.endsWith("/");
                    if (!marksFolder && !(folder.isEmpty() && name.indexOf('/') >= 0)) {
                        found.add(new Stored(name, object.size()));
                    }
                }
                next = following(page, next);
            } while (next != null);
        } catch (SdkException failed) {
            throw troubles.explained(folder, failed);
        }
        return found;
    }

    @Override
    public void delete(String name) throws IOException {
        String key = key(name);
        try {
            client.deleteObject(request -> request.bucket(bucket.name()).key(key));
        } catch (NoSuchKeyException gone) {
            // As it should be.
        } catch (SdkException failed) {
            throw troubles.explained(name, failed);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private void putAtOnce(String key, Path file, long size) throws IOException {
        Slice whole = new Slice(file, 0, size);
        S3Checksum checksum = writing.checksum(whole);
        client.putObject(
                request -> {
                    request.bucket(bucket.name()).key(key);
                    request.overrideConfiguration(call -> call.apiCallAttemptTimeout(writing.patience(size)));
                    writing.object(request);
                    checksum.on(request);
                    if (writing.conditional()) {
                        request.ifNoneMatch("*");
                    }
                },
                body(whole));
    }

    private void putInParts(String key, Path file, long size) throws IOException {
        String upload = client.createMultipartUpload(request -> {
                    request.bucket(bucket.name()).key(key);
                    writing.object(request);
                })
                .uploadId();
        boolean done = false;
        try {
            List<CompletedPart> parts = new ArrayList<>();
            long partSize = Math.max(writing.partSize(), (size + MOST_PARTS - 1) / MOST_PARTS);
            for (long from = 0; from < size; from += partSize) {
                parts.add(part(key, upload, parts.size() + 1, new Slice(file, from, Math.min(partSize, size - from))));
            }
            String version = client.completeMultipartUpload(request -> {
                        request.bucket(bucket.name())
                                .key(key)
                                .uploadId(upload)
                                .multipartUpload(all -> all.parts(parts));
                        if (writing.conditional()) {
                            request.ifNoneMatch("*");
                        }
                    })
                    .versionId();
            done = true;
            lock(key, version);
        } finally {
            if (!done) {
                abort(key, upload);
            }
        }
    }

    /** Locks what went in parts once more: Ceph forgets the lock that such an upload begins with. */
    private void lock(String key, String version) {
        writing.retention()
                .ifPresent(lock -> client.putObjectRetention(request -> request.bucket(bucket.name())
                        .key(key)
                        .versionId(version)
                        .retention(lock)));
    }

    private CompletedPart part(String key, String upload, int number, Slice slice) throws IOException {
        S3Checksum checksum = writing.checksum(slice);
        String tag = client.uploadPart(
                        request -> {
                            request.bucket(bucket.name())
                                    .key(key)
                                    .uploadId(upload)
                                    .partNumber(number);
                            request.overrideConfiguration(
                                    call -> call.apiCallAttemptTimeout(writing.patience(slice.size())));
                            checksum.on(request);
                        },
                        body(slice))
                .eTag();
        return checksum.on(CompletedPart.builder().partNumber(number).eTag(tag)).build();
    }

    /** What failed is told; that the parts stay until the bucket's own rules clear them is the lesser trouble. */
    private void abort(String key, String upload) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(bucket.name()).key(key).uploadId(upload));
        } catch (SdkException leftOver) {
            troubles.leftOver(key, leftOver);
        }
    }

    private static RequestBody body(Slice slice) {
        return RequestBody.fromContentProvider(slice::open, slice.size(), "application/octet-stream");
    }

    /** Whether the name is taken by a file of this size, which then counts as the same. */
    private boolean isThere(String name, String key, long size) throws IOException {
        Optional<S3Object> there = client
                // Asks for a listing where HEAD would do: it needs no right to read, and says 404 for nothing else.
                .listObjectsV2(
                        request -> request.bucket(bucket.name()).prefix(key).maxKeys(1))
                .contents()
                .stream()
                .filter(object -> object.key().equals(key))
                .findFirst();
        if (there.isPresent() && there.get().size() != size) {
            throw new FileAlreadyExistsException(
                    name,
                    null,
                    "is in the bucket " + bucket.name() + " with " + there.get().size() + " bytes instead of " + size
                            + "; it was left as it is");
        }
        return there.isPresent();
    }

    private ListObjectsV2Response page(String prefix, String from) {
        return client.listObjectsV2(
                request -> request.bucket(bucket.name()).prefix(prefix).continuationToken(from));
    }

    /** Where the listing goes on; a store that does not say would let a part of it pass for the whole. */
    private String following(ListObjectsV2Response page, String before) throws IOException {
        String next = page.nextContinuationToken();
        if (!Boolean.TRUE.equals(page.isTruncated())) {
            return null;
        }
        if (next == null || next.isEmpty() || next.equals(before)) {
            throw new IOException("The bucket " + bucket.name() + " at " + bucket.place()
                    + " has more names than it listed, but does not say where the list goes on");
        }
        return next;
    }

    private String key(String name) throws IOException {
        Names.check(name);
        return bucket.prefix() + name;
    }

    private static NoSuchFileException missing(String name, NoSuchKeyException cause) {
        NoSuchFileException missing = new NoSuchFileException(name);
        missing.initCause(cause);
        return missing;
    }

    /** The unit of the option {@code part-size}. */
    static long mebibytes(int count) {
        return (long) count * MEBIBYTE;
    }
}
