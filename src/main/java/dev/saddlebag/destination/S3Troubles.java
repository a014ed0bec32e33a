package dev.saddlebag.destination;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says in sentences why a bucket does not do what it should: what happened, and what to look at. */
final class S3Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(S3Troubles.class);

    private static final String FULL = "It is full: make room there, or raise its quota";

    private final S3Bucket.Bucket bucket;

    S3Troubles(S3Bucket.Bucket bucket) {
        this.bucket = bucket;
    }

    /** The failure of a call that concerned {@code name}. */
    IOException explained(String name, SdkException failed) {
        String subject = name.isEmpty() ? "" : " (" + name + ")";
        String sentence = failed instanceof S3Exception answer && answer.statusCode() > 0
                ? answered(answer, subject)
                : unanswered(failed, subject);
        return new IOException(sentence, failed);
    }

    /** What went wrong while an object came from the bucket. */
    IOException broken(String name, Exception failed) {
        return new IOException(
                where() + " broke off while it sent " + name + ": " + innermost(failed)
                        + ". Nothing was changed there by this; the next try asks anew",
                failed);
    }

    void leftOver(String key, SdkException failed) {
        LOG.warn(
                "The parts of {} that were sent to {} could not be removed; a rule of the bucket that ends incomplete uploads"
                        + " does it: {}",
                key,
                where(),
                failed.getMessage());
    }

    private String unanswered(SdkException failed, String subject) {
        String reason = innermost(failed);
        if (failed.getMessage().contains("credentials")) {
            return where() + " cannot be asked" + subject
                    + ": there are no credentials, neither access-key and secret-key nor any in the environment, a profile"
                    + " or this machine's role";
        }
        if (failed.getMessage().contains("region")) {
            return where() + " cannot be asked" + subject + ": its region is not known. Set region";
        }
        return where() + " cannot be reached" + subject + ": " + reason
                + ". Check endpoint, region, and the network between here and there";
    }

    private String answered(S3Exception answer, String subject) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        String text = details == null || details.errorMessage() == null ? "" : details.errorMessage();
        return where() + " answered " + (answer.statusCode() + " " + code).trim() + subject
                + (text.isBlank() ? "" : ": " + text.replaceAll("[.\\s]+$", ""))
                + ". " + advice(answer.statusCode(), code);
    }

    private static String advice(int status, String code) {
        return switch (code) {
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken" ->
                "It does not know these credentials: check access-key and secret-key";
            case "RequestTimeTooSkewed" -> "Set the clock of this machine over the network";
            case "NoSuchBucket" -> "Check bucket, endpoint and path-style; Saddlebag makes no buckets";
            case "InvalidObjectState" -> "It is in an archive: use a storage-class that can be read at once";
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                "Check region";
            case "XAmzContentSHA256Mismatch", "InvalidDigest" ->
                "If it is an older store, set request-checksums = when-required";
            case "QuotaExceeded", "XMinioStorageFull" -> FULL;
            case "NotImplemented" ->
                "It lacks something: try conditional-writes = false and request-checksums = when-required, and do without"
                        + " object-lock-mode and storage-class";
            default -> byStatus(status);
        };
    }

    private static String byStatus(int status) {
        if (status == 507) {
            return FULL;
        }
        if (status == 401 || status == 403) {
            return "These credentials may not do that: they need to put, get and list below the prefix";
        }
        if (status == 400) {
            return "It does not take the request: check region, storage-class and object-lock-mode; for an older store set"
                    + " request-checksums = when-required";
        }
        return status >= 500 || status == 429 || status == 409
                ? "Nothing was changed there by this; it may do better later"
                : "Check endpoint, bucket and path-style";
    }

    private String where() {
        return "The bucket " + bucket.name() + " at " + bucket.place();
    }

    private static String innermost(Throwable failed) {
        Throwable inner = failed;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        String message = inner.getMessage() == null ? "" : inner.getMessage();
        String kind = inner.getClass().getSimpleName().replace("Exception", "");
        return message.isBlank() ? kind : message + (message.contains(" ") ? "" : " (" + kind + ")");
    }
}
