package dev.saddlebag.snapshot;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The readable names of pages and databases in a snapshot: {@code pages/Parent/Title}, without the ending of the file.
 *
 * <p>Every system can write them, a path with its ending has at most {@value #LONGEST} characters, and no two are equal
 * when case is ignored. They depend on titles, parents and ids alone, never on the order in which objects are met: of
 * objects with equal names in one folder each carries the end of its id. Where titles lie so deep that a path would grow
 * too long, the tree goes on in a folder of its own under {@code pages/Deeper}.
 */
public final class ReadablePaths {
    /** The folder of all readable files. */
    public static final String ROOT = "pages";

    static final int LONGEST = 240;

    private static final String DEEPER = "Deeper";
    private static final int LONGEST_TITLE = 60;
    private static final int SHORT_TITLE = 40;
    private static final int LONGEST_SUFFIX = 35;
    private static final int LONGEST_ENDING = 5;
    private static final int LONGEST_FOLDER = LONGEST - 1 - LONGEST_TITLE - LONGEST_SUFFIX - LONGEST_ENDING;

    private static final int[] ENDS_OF_IDS = {6, 12, 32};

    /** A plain title of this form could be taken for one with an end of an id, or for a file beside a folder. */
    private static final Pattern MISLEADING =
            Pattern.compile(".*( \\([0-9a-f]+\\)|\\.(md|html|csv))", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern FORBIDDEN = Pattern.compile("[<>:\"/\\\\|?*\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cn}\\p{Cs}]");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}&&[^\\u200d]]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0\\u3000]+");
    private static final Pattern ENDS = Pattern.compile("^[. \\u200d]+|[. \\u200d]+$");
    private static final Pattern RESERVED = Pattern.compile(
            "(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\\u00b9\\u00b2\\u00b3]|git~[0-9]+)( *\\..*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private final Map<String, List<Titled>> children = new HashMap<>();
    private final Map<String, String> paths = new HashMap<>();

    /**
     * An object to be named.
     *
     * @param parent the id of the object in whose folder it stands; null, or an id that is not among those to be named, for
     *     one that stands at the top
     */
    public record Titled(String id, String parent, String title) {}

    private ReadablePaths(Collection<Titled> objects) {
        Set<String> ids = new HashSet<>(objects.size() * 2);
        objects.forEach(object -> ids.add(object.id()));
        for (Titled object : objects) {
            String parent = object.parent() == null || !ids.contains(object.parent()) ? "" : object.parent();
            children.computeIfAbsent(parent, key -> new ArrayList<>(2)).add(object);
        }
        nameFrom("");
        // Parents that stand in one another have no place under the top.
        for (String lost :
                ids.stream().filter(id -> !paths.containsKey(id)).sorted().toList()) {
            if (!paths.containsKey(lost)) {
                List<Titled> siblings = children.values().stream()
                        .flatMap(List::stream)
                        .filter(object -> object.id().equals(lost))
                        .toList();
                place(ROOT, siblings, true);
                nameFrom(lost);
            }
        }
    }

    /**
     * Names objects.
     *
     * @return the path of each, by its id
     */
    public static Map<String, String> of(Collection<Titled> objects) {
        return new ReadablePaths(objects).paths;
    }

    private void nameFrom(String top) {
        Deque<String> open = new ArrayDeque<>();
        open.add(top);
        while (!open.isEmpty()) {
            String parent = open.remove();
            List<Titled> here = children.getOrDefault(parent, List.of()).stream()
                    .filter(child -> !paths.containsKey(child.id()))
                    .toList();
            place(parent.isEmpty() ? ROOT : folder(parent), here, false);
            here.forEach(child -> open.add(child.id()));
        }
    }

    private String folder(String parent) {
        String path = paths.get(parent);
        if (path.length() <= LONGEST_FOLDER) {
            return path;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        return ROOT + "/" + DEEPER + "/" + plain(cut(name, SHORT_TITLE)) + suffix(parent, 32);
    }

    private void place(String folder, List<Titled> siblings, boolean always) {
        Map<String, List<Titled>> byName = new HashMap<>();
        siblings.forEach(sibling -> byName.computeIfAbsent(fold(name(sibling.title())), key -> new ArrayList<>(1))
                .add(sibling));
        byName.forEach((folded, twins) -> {
            boolean reserved = folder.equals(ROOT) && folded.equals(fold(DEEPER));
            String name = name(twins.get(0).title());
            boolean plain = !always
                    && twins.size() == 1
                    && !reserved
                    && !MISLEADING.matcher(name).matches();
            int length = plain ? 0 : endThatTells(twins);
            for (Titled twin : twins) {
                paths.put(twin.id(), folder + "/" + name(twin.title()) + (plain ? "" : suffix(twin.id(), length)));
            }
        });
    }

    private static int endThatTells(List<Titled> twins) {
        for (int length : ENDS_OF_IDS) {
            Set<String> ends = new HashSet<>();
            if (twins.stream().allMatch(twin -> ends.add(suffix(twin.id(), length)))) {
                return length;
            }
        }
        throw new IllegalArgumentException("Two objects have one id: " + twins);
    }

    private static String suffix(String id, int length) {
        String digits = id.replace("-", "");
        return " (" + digits.substring(Math.max(0, digits.length() - length)) + ")";
    }

    /** The title as a name that every system can write. */
    static String name(String title) {
        String safe = Normalizer.normalize(title, Normalizer.Form.NFC);
        safe = FORBIDDEN.matcher(safe).replaceAll(" ");
        safe = INVISIBLE.matcher(safe).replaceAll("");
        safe = BLANKS.matcher(safe).replaceAll(" ");
        safe = Normalizer.normalize(plain(cut(plain(safe), LONGEST_TITLE)), Normalizer.Form.NFC);
        if (safe.isEmpty()) {
            return "Untitled";
        }
        return RESERVED.matcher(safe).matches() ? "_" + safe : safe;
    }

    private static String plain(String text) {
        return ENDS.matcher(text).replaceAll("");
    }

    /** Cuts where a reader sees a sign end. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        Matcher clusters = CLUSTER.matcher(text);
        while (clusters.find() && kept.length() + clusters.group().length() <= longest) {
            kept.append(clusters.group());
        }
        return kept.toString();
    }

    /** The form in which names are equal to a system that ignores case. */
    private static String fold(String name) {
        String folded = name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /** The relative address, percent-encoded, that leads from the file at one path of a snapshot to another. */
    public static String link(String from, String to) {
        return Stream.of(relative(from, to).split("/", -1))
                .map(ReadablePaths::encoded)
                .collect(Collectors.joining("/"));
    }

    /** The path from the folder of the file at one path of a snapshot to another file. */
    public static String relative(String from, String to) {
        String[] start = from.split("/", -1);
        String[] end = to.split("/", -1);
        int shared = 0;
        while (shared < start.length - 1 && shared < end.length - 1 && start[shared].equals(end[shared])) {
            shared++;
        }
        return "../".repeat(start.length - 1 - shared)
                + String.join("/", List.of(end).subList(shared, end.length));
    }

    private static String encoded(String segment) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            char sign = (char) (b & 0xff);
            boolean plain = sign < 0x80 && (Character.isLetterOrDigit(sign) || "-._~!$'*+,;=@".indexOf(sign) >= 0);
            encoded.append(plain ? String.valueOf(sign) : "%%%02X".formatted((int) sign));
        }
        return encoded.toString();
    }
}
