package dev.saddlebag.channel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs the body of a web hook with a secret that both sides know. Camel fills {@link #getOptions}, so that a secret with any sign
 * in it arrives as it is.
 */
public final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private final Map<String, Object> options = new HashMap<>();

    /** The option {@code secret}. */
    public Map<String, Object> getOptions() {
        return options;
    }

    /** {@code sha256=} and the HMAC of the body in hex, as GitHub's web hooks have it; null without a secret. */
    public String of(String body) throws GeneralSecurityException {
        Object secret = options.get("secret");
        if (secret == null || secret.toString().isBlank()) {
            return null;
        }
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(secret.toString().getBytes(StandardCharsets.UTF_8), ALGORITHM));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }
}
