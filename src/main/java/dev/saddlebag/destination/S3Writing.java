package dev.saddlebag.destination;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * How objects are written.
 *
 * @param conditional whether the store is asked to refuse names that are taken
 * @param recent whether the store knows checksums newer than MD5
 * @param partSize the size in bytes above which a file goes in parts, and that of each part
 * @param storageClass the storage class, if it is not the bucket's own
 * @param lock how long nobody can delete or replace an object, if at all
 * @param timeout how long the store may take for something that has no length
 */
record S3Writing(
        boolean conditional,
        boolean recent,
        long partSize,
        Optional<String> storageClass,
        Optional<Lock> lock,
        Duration timeout,
        Clock clock) {
    private static final int LEAST_PART = 5;
    private static final int USUAL_PART = 64;

    /** Whoever takes fewer bytes in a second is taken to have stopped. */
    private static final int SLOWEST = 32 << 10;

    /** Object Lock: from the write on, for so long. */
    record Lock(ObjectLockMode mode, Duration length) {}

    static S3Writing of(Options options, Clock clock) {
        return new S3Writing(
                options.flag("conditional-writes", true),
                isRecent(options),
                S3Bucket.mebibytes(options.number("part-size", LEAST_PART, USUAL_PART)),
                options.text("storage-class"),
                lock(options),
                options.timeout(),
                clock);
    }

    static boolean isRecent(Options options) {
        return !options.text("request-checksums").orElse("").equals("when-required");
    }

    private static Optional<Lock> lock(Options options) {
        Optional<String> mode = options.text("object-lock-mode");
        int days = options.number("object-lock-days", 1, 0);
        if (mode.isPresent() != (days > 0)) {
            throw new IllegalArgumentException(
                    "the options object-lock-mode and object-lock-days need each other, and only one is set");
        }
        return mode.map(
                word -> new Lock(ObjectLockMode.fromValue(word.toUpperCase(Locale.ROOT)), Duration.ofDays(days)));
    }

    /** How long so many bytes may take on their way; a store that stops taking them would be waited for in vain. */
    Duration patience(long bytes) {
        return timeout.plusSeconds(bytes / SLOWEST);
    }

    S3Checksum checksum(Slice slice) throws IOException {
        return recent ? S3Checksum.crc32(slice) : S3Checksum.md5(slice);
    }

    void object(PutObjectRequest.Builder request) {
        storageClass.ifPresent(request::storageClass);
        lock.ifPresent(held -> request.objectLockMode(held.mode()).objectLockRetainUntilDate(until(held)));
    }

    void object(CreateMultipartUploadRequest.Builder request) {
        if (recent) {
            request.checksumAlgorithm(ChecksumAlgorithm.CRC32);
        }
        storageClass.ifPresent(request::storageClass);
        lock.ifPresent(held -> request.objectLockMode(held.mode()).objectLockRetainUntilDate(until(held)));
    }

    /** The lock of an object that is there and may have been written without one. */
    Optional<ObjectLockRetention> retention() {
        return lock.map(held -> ObjectLockRetention.builder()
                .mode(held.mode().toString())
                .retainUntilDate(until(held))
                .build());
    }

    private Instant until(Lock held) {
        return clock.instant().plus(held.length());
    }
}
