package dev.saddlebag.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The files of the sample workspace: their names, their paths and their bytes, all made when they are asked for. */
final class FileCatalogue {
    /** Where the paths of files begin that anybody may fetch. */
    static final String PUBLIC = "/public/emojis/";

    private static final List<StoredFile.Type> TYPES = List.of(StoredFile.Type.values());
    private static final List<StoredFile.Size> SIZES = List.of(StoredFile.Size.values());
    private static final int TYPE_SHIFT = 16;
    private static final int SIZE_SHIFT = 24;
    private static final int SLOTS = 1 << TYPE_SHIFT;
    private static final List<String> NAMES = List.of(
            "scan",
            "Übersicht & plan (1)",
            "a+b=c",
            "会議 メモ",
            "100% done",
            "quarterly report final FINAL",
            "it's 5 o'clock",
            "diagram#2");

    /** The numbers under which custom emojis own their images lie far above those of pages. */
    private static final int EMOJI_OWNER = 62_000_000;

    private final Seed seed;
    private final Ids ids;
    private final Map<Long, String> digests = new ConcurrentHashMap<>();

    FileCatalogue(Seed seed, Ids ids) {
        this.seed = seed;
        this.ids = ids;
    }

    /** The file number {@code slot} of a page. */
    StoredFile file(int page, int slot, StoredFile.Type type, StoredFile.Size size) {
        int sub = slot | (TYPES.indexOf(type) << TYPE_SHIFT) | (SIZES.indexOf(size) << SIZE_SHIFT);
        Seed.Dice dice = seed.dice(20, page, sub);
        String name = dice.pick(NAMES) + " " + page + "-" + slot + "." + type.ending();
        long content = dice.next();
        long bytes = switch (size) {
            case SMALL -> 120 + dice.below(4000);
            case MEDIUM -> 60_000 + dice.below(60_000);
            case LARGE -> 3_000_000 + dice.below(100_000);
            case HUGE -> 5 * 1024 * 1024 + 1 + dice.below(200_000);
            case TWIN -> 4_321;
        };
        long grown = size == StoredFile.Size.TWIN ? seed.hash(21, TYPES.indexOf(type), 0) : content;
        return new StoredFile(new Ref(Kind.FILE, page, sub), type, name, bytes, grown);
    }

    /** The image of a custom emoji. */
    StoredFile emoji(int number, String name) {
        StoredFile image = file(EMOJI_OWNER + number, 0, StoredFile.Type.PNG, StoredFile.Size.SMALL);
        return new StoredFile(image.ref(), image.type(), name + ".png", image.size(), image.content());
    }

    /** The file that an id of kind FILE names. */
    Optional<StoredFile> file(Ref ref) {
        int type = (ref.sub() >>> TYPE_SHIFT) & 0xFF;
        int size = ref.sub() >>> SIZE_SHIFT;
        if (type >= TYPES.size() || size >= SIZES.size()) {
            return Optional.empty();
        }
        return Optional.of(file(ref.index(), ref.sub() % SLOTS, TYPES.get(type), SIZES.get(size)));
    }

    /** The path of a file's URL, which never changes: {@code /files/<space>/<file>/<name>}. */
    String path(StoredFile file) {
        return "/files/" + ids.of(Ref.workspace()) + "/" + ids.of(file.ref()) + "/" + encode(file.name());
    }

    /** The path of a file that needs no signature: {@code /public/emojis/<file>/<name>}. */
    String publicPath(StoredFile file) {
        return PUBLIC + ids.of(file.ref()) + "/" + encode(file.name());
    }

    /** As {@code encodeURIComponent} does it. */
    static String encode(String text) {
        var encoded = new StringBuilder();
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (unit & 0xFF);
            if (character < 128 && (Character.isLetterOrDigit(character) || "-_.!~*'()".indexOf(character) >= 0)) {
                encoded.append(character);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", unit & 0xFF));
            }
        }
        return encoded.toString();
    }

    /** The bytes of a file, from the byte number {@code from} on. */
    static InputStream open(StoredFile file, long from) {
        return new Bytes(file, from);
    }

    String sha256(StoredFile file) {
        long key = file.content() ^ (file.size() * 31) ^ TYPES.indexOf(file.type());
        return digests.computeIfAbsent(key, unused -> digest(file));
    }

    private static String digest(StoredFile file) {
        try (InputStream bytes = open(file, 0)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 * 1024];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static final class Bytes extends InputStream {
        private final StoredFile file;
        private final byte[] begin;
        private long position;

        private Bytes(StoredFile file, long from) {
            this.file = file;
            this.begin = file.type().begin();
            this.position = from;
        }

        @Override
        public int read() {
            return position >= file.size() ? -1 : at(position++) & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (position >= file.size()) {
                return -1;
            }
            int count = (int) Math.min(length, file.size() - position);
            for (int i = 0; i < count; i++) {
                into[offset + i] = at(position + i);
            }
            position += count;
            return count;
        }

        private byte at(long index) {
            if (index < begin.length) {
                return begin[(int) index];
            }
            long word = Seed.scatter(file.content() + (index >>> 3) * 0x9E3779B97F4A7C15L);
            int unit = (int) (word >>> ((index & 7) * 8)) & 0xFF;
            // Text files hold text: letters, in lines.
            return (byte) (file.type() == StoredFile.Type.TXT ? index % 64 == 63 ? '\n' : 'a' + (unit % 26) : unit);
        }
    }
}
