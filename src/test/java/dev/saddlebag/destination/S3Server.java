package dev.saddlebag.destination;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 server of its own for each test, which checks signatures and checksums, with one empty bucket. */
public final class S3Server implements BeforeEachCallback, AfterEachCallback {
    /** The name of the bucket. */
    public static final String BUCKET = "vaults";

    /** Has every sign in it that somebody on its way could take for his own. */
    public static final String SECRET = "s3-Secret/+= it's \"q\", #{a} (b) %20 ${c}";

    private static final String KEY = "AKIATESTKEY";

    private final S3ProxyExtension proxy =
            S3ProxyExtension.builder().withCredentials(KEY, SECRET).build();

    @Override
    public void beforeEach(ExtensionContext test) throws Exception {
        proxy.beforeEach(test);
        try (S3Client client = client()) {
            client.createBucket(request -> request.bucket(BUCKET));
        }
    }

    @Override
    public void afterEach(ExtensionContext test) {
        proxy.afterEach(test);
    }

    /** Where it listens. */
    public URI address() {
        return proxy.getUri();
    }

    /** What a destination in its bucket is set to. */
    public Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        options.put("bucket", BUCKET);
        options.put("prefix", "back/ups");
        options.put("endpoint", address().toString());
        options.put("access-key", KEY);
        options.put("secret-key", SECRET);
        return options;
    }

    /** The same with one option more, or another. */
    public Map<String, String> options(String name, String value) {
        Map<String, String> options = options();
        options.put(name, value);
        return options;
    }

    /** All keys in the bucket, up to 1,000. */
    public List<String> keys() {
        try (S3Client client = client()) {
            return client.listObjectsV2(request -> request.bucket(BUCKET)).contents().stream()
                    .map(S3Object::key)
                    .toList();
        }
    }

    int openUploads() {
        try (S3Client client = client()) {
            return client.listMultipartUploads(request -> request.bucket(BUCKET))
                    .uploads()
                    .size();
        }
    }

    private S3Client client() {
        return S3Client.builder()
                .endpointOverride(address())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClientBuilder(ApacheHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
                .build();
    }
}
