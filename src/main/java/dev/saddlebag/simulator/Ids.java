package dev.saddlebag.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ids that look random and can be read back without a table: the coordinates of an object, shuffled by a keyed Feistel
 * network, fill the free bits of a version 8 UUID; the rest is a checksum, so that an id nobody issued is known to be
 * foreign.
 */
final class Ids {
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final long CHECK_BITS = (1L << 58) - 1;
    private static final int INDEX_BITS = 26;
    private static final Pattern VALID = Pattern.compile(
            "[0-9a-f]{8}-?[0-9a-f]{4}-?[1-8][0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private final Seed seed;

    Ids(Seed seed) {
        this.seed = seed;
    }

    String of(Ref ref) {
        long plain = ((long) KINDS.indexOf(ref.kind()) << (INDEX_BITS + 32))
                | ((long) ref.index() << 32)
                | (ref.sub() & 0xFFFFFFFFL);
        long shuffled = shuffle(plain);
        long high = ((shuffled >>> 16) << 16) | 0x8000L | ((shuffled >>> 4) & 0xFFF);
        long low = (0b10L << 62) | ((shuffled & 0xF) << 58) | check(shuffled);
        return new UUID(high, low).toString();
    }

    String of(Kind kind, int index, int sub) {
        return of(new Ref(kind, index, sub));
    }

    /**
     * Whether Notion takes this for a UUID, with or without dashes. It looks at version and variant as well: a recorded
     * answer refuses {@code 12345678-1234-1234-1234-123456789abc}.
     */
    static boolean valid(String id) {
        return VALID.matcher(id).matches();
    }

    /** The id with dashes and in lower case. */
    static String dashed(String id) {
        String hex = id.replace("-", "").toLowerCase(Locale.ROOT);
        return hex.substring(0, 8)
                + '-'
                + hex.substring(8, 12)
                + '-'
                + hex.substring(12, 16)
                + '-'
                + hex.substring(16, 20)
                + '-'
                + hex.substring(20);
    }

    /** The object that a valid id names, or nothing when this workspace never issued it. */
    Optional<Ref> read(String id) {
        UUID uuid = UUID.fromString(dashed(id));
        long high = uuid.getMostSignificantBits();
        long low = uuid.getLeastSignificantBits();
        long shuffled = ((high >>> 16) << 16) | ((high & 0xFFF) << 4) | ((low >>> 58) & 0xF);
        if (uuid.version() != 8 || (low & CHECK_BITS) != check(shuffled)) {
            return Optional.empty();
        }
        long plain = unshuffle(shuffled);
        int kind = (int) (plain >>> (INDEX_BITS + 32));
        int index = (int) ((plain >>> 32) & ((1 << INDEX_BITS) - 1));
        return Optional.of(new Ref(KINDS.get(kind), index, (int) plain));
    }

    private long check(long shuffled) {
        return seed.hash(101, shuffled, 0) & CHECK_BITS;
    }

    private long shuffle(long plain) {
        int left = (int) (plain >>> 32);
        int right = (int) plain;
        for (int round = 0; round < 4; round++) {
            int next = left ^ (int) seed.hash(102, round, right);
            left = right;
            right = next;
        }
        return ((long) left << 32) | (right & 0xFFFFFFFFL);
    }

    private long unshuffle(long shuffled) {
        int left = (int) (shuffled >>> 32);
        int right = (int) shuffled;
        for (int round = 3; round >= 0; round--) {
            int before = right ^ (int) seed.hash(102, round, left);
            right = left;
            left = before;
        }
        return ((long) left << 32) | (right & 0xFFFFFFFFL);
    }
}
