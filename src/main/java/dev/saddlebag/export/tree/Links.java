package dev.saddlebag.export.tree;

import dev.saddlebag.notion.NotionId;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.FileTree;
import dev.saddlebag.snapshot.ReadablePaths;
import dev.saddlebag.snapshot.StoredFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the addresses in an export lead (facts/notion-export.md §2.5): a page or a table is found by the id in its name, an
 * attachment by its exact path.
 */
final class Links {
    /** Before the path of an attachment in the export, as the files of a run know it. */
    static final String ADDRESS = "export/";

    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*", Pattern.DOTALL);
    private static final Pattern WEB =
            Pattern.compile("https?://([^/?#]*)(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern NOTION =
            Pattern.compile("(www\\.)?notion\\.(so|com)|app\\.notion\\.com|[a-z0-9-]+\\.notion\\.site");
    private static final Pattern GLUED = Pattern.compile(
            "https?://(?:www\\.notion\\.so|app\\.notion\\.com|www\\.notion\\.com)(?![/?#:.]|$)(.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern SIGNED = Pattern.compile("[?&](amp;)?X-Amz-(Expires|Signature)=");
    private static final Pattern FILE_HOST = Pattern.compile(
            "(.*[.-])?(amazonaws\\.com|notion-static\\.com|notionusercontent\\.com)|file\\.notion\\.(so|com)");

    private final ExportTree tree;
    private final Map<String, String> pagePaths;
    private final Map<String, String> tablePaths;
    private final FileTree files;

    /**
     * Prepares for looking addresses up.
     *
     * @param pagePaths the paths of the pages in the snapshot, by id
     * @param tablePaths those of databases and linked views
     */
    Links(ExportTree tree, Map<String, String> pagePaths, Map<String, String> tablePaths, FileTree files) {
        this.tree = tree;
        this.pagePaths = pagePaths;
        this.tablePaths = tablePaths;
        this.files = files;
    }

    /**
     * Looks an address up.
     *
     * @param folder the folder in the export that relative addresses start from
     * @param from the path in the snapshot of the file that the address stands in
     */
    Link of(String folder, String from, String address) {
        if (address.isBlank() || address.startsWith("#")) {
            return Link.staying(Link.What.ELSEWHERE, address);
        }
        Matcher glued = GLUED.matcher(address);
        if (glued.matches()) {
            Link rest = relative(folder, from, glued.group(1));
            return rest.isLocal() ? rest.repairedLink() : Link.staying(Link.What.BROKEN, address);
        }
        Matcher web = WEB.matcher(address);
        if (web.matches()) {
            return web(from, address, web.group(1).toLowerCase(Locale.ROOT), web.group(2));
        }
        return SCHEME.matcher(address).matches()
                ? Link.staying(Link.What.ELSEWHERE, address)
                : relative(folder, from, address);
    }

    private Link web(String from, String address, String host, String rest) {
        if (FILE_HOST.matcher(host).matches() && SIGNED.matcher(rest).find()) {
            String plain = address.substring(0, address.indexOf('?'));
            return new Link(Link.What.LIVE, plain, plain, false, null, null, address);
        }
        if (NOTION.matcher(host).matches()) {
            String id;
            try {
                id = NotionId.dashed(rest);
            } catch (IllegalArgumentException noId) {
                return Link.staying(Link.What.ELSEWHERE, address);
            }
            int fragment = rest.indexOf('#');
            return object(id, true, from, fragment < 0 ? "" : rest.substring(fragment))
                    .orElse(Link.staying(Link.What.ELSEWHERE, address));
        }
        return Link.staying(Link.What.ELSEWHERE, address);
    }

    private Link relative(String folder, String from, String address) {
        Optional<Link> whole = exact(folder, from, address, "");
        if (whole.isPresent()) {
            return whole.get();
        }
        for (char mark : new char[] {'#', '?'}) {
            int end = address.indexOf(mark);
            if (end > 0) {
                String fragment = mark == '#' ? address.substring(end) : "";
                Optional<Link> found = exact(folder, from, address.substring(0, end), fragment);
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        return dead(address);
    }

    private static Link dead(String address) {
        Optional<String> path = decoded(address);
        if (path.isEmpty()) {
            return Link.staying(Link.What.BROKEN, address);
        }
        String plain = path.get().replaceFirst("[?#].*$", "");
        Optional<ExportName> name = ExportName.of(plain);
        if (name.isEmpty()) {
            return Link.staying(Link.What.DEAD_FILE, address);
        }
        return name.get().isTable()
                ? Link.staying(Link.What.DEAD_DATABASE, "database " + name.get().id())
                : Link.staying(Link.What.DEAD_PAGE, "page " + name.get().id());
    }

    private Optional<Link> exact(String folder, String from, String address, String fragment) {
        Optional<String> decoded = decoded(address);
        Optional<Link> found = decoded.flatMap(path -> at(folder, from, path, fragment));
        // A name may have per cent signs of its own that were not encoded once more.
        return found.isPresent() ? found : at(folder, from, address, fragment);
    }

    private Optional<Link> at(String folder, String from, String decoded, String fragment) {
        Optional<String> path = normalized(folder, decoded);
        Optional<ExportName> name = ExportName.of(decoded);
        if (name.isPresent()) {
            return object(name.get().id(), !name.get().isTable(), from, fragment)
                    .map(link -> isWhere(link, name.get(), path) ? link : link.repairedLink());
        }
        return path.flatMap(where -> files.at(ADDRESS + where).map(file -> file(where, file, from)));
    }

    /** Whether what was found by its id also lies where the address says. */
    private boolean isWhere(Link link, ExportName name, Optional<String> path) {
        if (path.isEmpty()) {
            return false;
        }
        String where = link.what() == Link.What.PAGE
                ? tree.pages().get(name.id()).path()
                : tree.table(name.id()).orElseThrow().path().replace("_all.csv", ".csv");
        String said = name.isTable() ? path.get().replace("_all.csv", ".csv") : path.get();
        return Normalizer.normalize(where, Normalizer.Form.NFC).equals(said);
    }

    private Optional<Link> object(String id, boolean pageFirst, String from, String fragment) {
        Optional<Link> page = Optional.ofNullable(pagePaths.get(id))
                .map(path -> new Link(
                        Link.What.PAGE,
                        ReadablePaths.link(from, path) + fragment,
                        "page " + id + fragment,
                        false,
                        null,
                        changedTitle(id),
                        null));
        Optional<Link> table = Optional.ofNullable(tablePaths.get(id))
                .map(path -> new Link(
                        Link.What.DATABASE, ReadablePaths.link(from, path), "database " + id, false, null, null, null));
        return pageFirst ? page.or(() -> table) : table.or(() -> page);
    }

    private String changedTitle(String id) {
        String title = tree.pages().get(id).title();
        return title.equals(tree.titleInFile(id)) ? null : title;
    }

    private Link file(String path, StoredFile file, String from) {
        return new Link(
                Link.What.FILE,
                ReadablePaths.link(from, files.path(file.sha256()).orElseThrow()),
                "file " + file.sha256(),
                false,
                new Account.NamedFile(ADDRESS + path, file.sha256(), file.size()),
                null,
                null);
    }

    private static Optional<String> normalized(String folder, String address) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (folder.isEmpty() ? address : folder + "/" + address).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return Optional.of(Normalizer.normalize(String.join("/", parts), Normalizer.Form.NFC));
    }

    /** Whether something is the address of a place in the web, and nothing besides. */
    static boolean isWeb(String address) {
        return WEB.matcher(address).matches() && address.chars().noneMatch(Character::isWhitespace);
    }

    /** The address without percent-encoding; nothing when that is malformed. */
    static Optional<String> decoded(String address) {
        if (address.indexOf('%') < 0) {
            return Optional.of(address);
        }
        byte[] bytes = address.getBytes(StandardCharsets.UTF_8);
        ByteBuffer plain = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                plain.put(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            plain.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(plain.flip()).toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }
}
