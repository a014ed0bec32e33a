package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * URLs of stored files: the path is the file's for ever, the query is new in every answer, signed byte for byte and
 * good for a limited time (facts/notion-api.md §2.9).
 */
final class SignedUrls implements FileLinks {
    /** What the server says to a URL. */
    enum Verdict {
        GOOD,
        EXPIRED,
        ALTERED
    }

    private static final String SIGNATURE = "&X-Amz-Signature=";
    private static final String AFTER_SIGNATURE = "&X-Amz-SignedHeaders=host&x-id=GetObject";

    private final String baseUrl;
    private final FileCatalogue files;
    private final Behaviour behaviour;
    private final SecretKeySpec key;
    private final AtomicLong issued = new AtomicLong();

    SignedUrls(String baseUrl, FileCatalogue files, Behaviour behaviour) {
        this.baseUrl = baseUrl;
        this.files = files;
        this.behaviour = behaviour;
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    @Override
    public void put(ObjectNode fileObject, StoredFile file) {
        Instant now = behaviour.clock().instant();
        String path = files.path(file);
        String query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD"
                + "&X-Amz-Credential=ASIASAMPLE%2F" + Times.signing(now).substring(0, 8)
                + "%2Fus-west-2%2Fs3%2Faws4_request"
                + "&X-Amz-Date=" + Times.signing(now)
                + "&X-Amz-Expires=" + behaviour.fileExpiry().toSeconds()
                // Raw + and =, and an encoded slash: a client that encodes anew breaks the signature.
                + "&X-Amz-Security-Token=IQoJ+b3Jp%2F" + token() + "==";
        Instant expiry = now.truncatedTo(ChronoUnit.SECONDS).plus(behaviour.fileExpiry());
        fileObject.put("url", baseUrl + path + "?" + query + SIGNATURE + sign(path + "?" + query) + AFTER_SIGNATURE);
        fileObject.put(
                "expiry_time", expiry.truncatedTo(ChronoUnit.MILLIS).toString().replaceFirst("(:\\d\\d)Z$", "$1.000Z"));
    }

    @Override
    public void putPublic(ObjectNode object, StoredFile file) {
        object.put("url", baseUrl + files.publicPath(file));
    }

    private String token() {
        byte[] number = Long.toString(issued.incrementAndGet()).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(number);
    }

    /** Judges path and query as they came over the wire. */
    Verdict judge(String target) {
        int at = target.indexOf(SIGNATURE);
        if (at < 0 || !target.endsWith(AFTER_SIGNATURE)) {
            return Verdict.ALTERED;
        }
        String signature = target.substring(at + SIGNATURE.length(), target.length() - AFTER_SIGNATURE.length());
        String signed = target.substring(0, at);
        if (!sign(signed).equals(signature)) {
            return Verdict.ALTERED;
        }
        Instant from = instant(parameter(signed, "X-Amz-Date="));
        long seconds = Long.parseLong(parameter(signed, "X-Amz-Expires="));
        return behaviour.clock().instant().isAfter(from.plusSeconds(seconds)) ? Verdict.EXPIRED : Verdict.GOOD;
    }

    private static String parameter(String signed, String name) {
        int from = signed.indexOf(name) + name.length();
        int to = signed.indexOf('&', from);
        return signed.substring(from, to < 0 ? signed.length() : to);
    }

    private static Instant instant(String compact) {
        return Instant.parse(
                compact.replaceFirst("(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)Z", "$1-$2-$3T$4:$5:$6Z"));
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }
}
