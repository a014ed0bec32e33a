package dev.saddlebag.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What is known of an object besides its content, as the YAML that stands before it. */
final class FrontMatter implements Value.Visitor<Node> {
    /** Read as the same string by every version of YAML, without quotes. */
    private static final Pattern SAFE =
            Pattern.compile("[A-Za-z_À-ɏ][A-Za-z0-9_./À-ɏ-]*(?: [A-Za-z0-9_./À-ɏ(-][A-Za-z0-9_./À-ɏ()-]*)*");

    private static final Set<String> OTHER_MEANINGS =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf");
    /** A day or a time that YAML knows as such. */
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)?)?");

    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(Integer.MAX_VALUE)
            .setSplitLines(false)
            .setIndicatorIndent(0)
            .setIndent(2)
            .setMaxSimpleKeyLength(1024)
            .setBestLineBreak("\n")
            .build();

    private final List<NodeTuple> entries = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    private FrontMatter() {}

    /** The front matter with the lines around it. */
    static String of(Document document) {
        FrontMatter matter = new FrontMatter();
        matter.add("title", matter.words(new Value.Words(document.title())));
        matter.add("notion-id", string(document.id()));
        matter.add("notion-type", string(document.kind()));
        matter.addText("notion-url", document.address());
        matter.addText("notion-public-url", document.publicAddress());
        if (document.icon().file() != null) {
            matter.add("notion-icon", file(document.icon().file()));
        } else {
            matter.addText("notion-icon", document.icon().text());
        }
        if (document.cover() != null) {
            matter.add("notion-cover", file(document.cover()));
        }
        matter.add("notion-parent", parent(document.parent()));
        matter.addTimes(document.times());
        if (!document.flags().isEmpty()) {
            List<Node> flags =
                    document.flags().stream().map(FrontMatter::string).toList();
            matter.add("notion-flags", list(flags));
        }
        if (document.kind().equals("page")) {
            for (Property property : document.properties()) {
                if (!property.type().equals("title")) {
                    matter.add(property.name(), property.value().accept(matter));
                }
            }
        }
        Node root = new MappingNode(Tag.MAP, matter.entries, FlowStyle.BLOCK);
        String yaml = new Present(SETTINGS)
                .emitToString(new Serialize(SETTINGS).serializeOne(root).iterator());
        return "---\n" + yaml + "---\n";
    }

    /** When and by whom it was edited would change with each edit, so that no diff showed the edit alone. */
    private void addTimes(Document.Times times) {
        addTime("notion-created", times.created());
        addPerson("notion-created-by", times.createdBy());
    }

    private void addTime(String key, String time) {
        if (!time.isEmpty()) {
            add(key, time(time));
        }
    }

    private void addPerson(String key, Person person) {
        if (!person.id().isEmpty()) {
            add(key, person(person));
        }
    }

    private void addText(String key, String text) {
        if (!text.isEmpty()) {
            add(key, string(text));
        }
    }

    /** Some readers do not tell keys apart by upper and lower case; each key is there once for them, too. */
    private void add(String name, Node value) {
        String line = Markdown.oneLine(name);
        String base = line.isEmpty() ? "(no name)" : line;
        String key = base;
        for (int twin = 2; !keys.add(key.toLowerCase(Locale.ROOT)); twin++) {
            key = base + " (" + twin + ")";
        }
        entries.add(new NodeTuple(string(key), value));
    }

    private static Node parent(Place parent) {
        if (parent.id().isEmpty()) {
            return string(parent.type());
        }
        List<NodeTuple> fields = new ArrayList<>();
        String type = parent.type().replaceFirst("_id$", "");
        fields.add(field("type", string(type)));
        fields.add(field("id", string(parent.id())));
        if (!type.equals("block") && !type.equals("agent")) {
            fields.add(field("title", plain(Placeholders.title(Placeholders.Form.YAML, parent.id(), ""))));
            fields.add(field("path", plain(Placeholders.path(parent.id()))));
        }
        return new MappingNode(Tag.MAP, fields, FlowStyle.BLOCK);
    }

    private static NodeTuple field(String key, Node value) {
        return new NodeTuple(string(key), value);
    }

    private static Node list(List<Node> values) {
        return new SequenceNode(Tag.SEQ, values, values.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }

    private static Node plain(String text) {
        return new ScalarNode(Tag.STR, text, ScalarStyle.PLAIN);
    }

    /** A number, a boolean or null. */
    private static Node typed(String text) {
        Tag tag = SETTINGS.getSchema().getScalarResolver().resolve(text, true);
        return new ScalarNode(tag, text, ScalarStyle.PLAIN);
    }

    private static Node string(String text) {
        boolean isSafe = SAFE.matcher(text).matches() && !OTHER_MEANINGS.contains(text.toLowerCase(Locale.ROOT));
        return new ScalarNode(Tag.STR, text, isSafe ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }

    private static Node time(String time) {
        return TIME.matcher(time).matches() ? plain(time) : string(time);
    }

    private static Node person(Person person) {
        return plain(Placeholders.person(Placeholders.Form.YAML, person));
    }

    private static Node file(NamedFile file) {
        return plain(Placeholders.file(Placeholders.Form.YAML, file));
    }

    @Override
    public Node nothing() {
        return typed("null");
    }

    @Override
    public Node words(Value.Words value) {
        StringBuilder text = new StringBuilder();
        for (Inline part : value.text().parts()) {
            text.append(
                    part instanceof Inline.Mention mention && !mention.id().isEmpty() ? named(mention) : part.plain());
        }
        return string(text.toString());
    }

    private static String named(Inline.Mention mention) {
        return mention.kind() == Inline.Mention.Kind.USER
                ? Placeholders.person(Placeholders.Form.QUOTED, new Person(mention.id(), mention.text(), ""))
                : Placeholders.title(Placeholders.Form.QUOTED, mention.id(), mention.text());
    }

    @Override
    public Node number(Value.Amount value) {
        BigDecimal number = value.number();
        boolean isShort = Math.abs(number.scale()) < 40;
        return typed(isShort ? number.toPlainString() : number.toString());
    }

    @Override
    public Node flag(Value.Flag value) {
        return typed(value.flag() ? "true" : "false");
    }

    @Override
    public Node plain(Value.Plain value) {
        return string(value.text());
    }

    @Override
    public Node choices(Value.Choices value) {
        return list(value.names().stream().map(FrontMatter::string).toList());
    }

    @Override
    public Node date(Value.Date value) {
        if (value.isSimple()) {
            return time(value.start());
        }
        List<NodeTuple> fields = new ArrayList<>();
        fields.add(field("start", time(value.start())));
        if (!value.end().isEmpty()) {
            fields.add(field("end", time(value.end())));
        }
        if (!value.timeZone().isEmpty()) {
            fields.add(field("time_zone", string(value.timeZone())));
        }
        return new MappingNode(Tag.MAP, fields, FlowStyle.BLOCK);
    }

    @Override
    public Node people(Value.People value) {
        List<Node> people = value.people().stream().map(FrontMatter::person).toList();
        return value.isList() ? list(people) : people.get(0);
    }

    @Override
    public Node files(Value.Files value) {
        List<Node> files = new ArrayList<>();
        for (NamedFile file : value.files()) {
            List<NodeTuple> fields = List.of(field("name", string(file.name())), field("path", file(file)));
            files.add(new MappingNode(Tag.MAP, fields, FlowStyle.BLOCK));
        }
        return list(files);
    }

    @Override
    public Node relation(Value.Relation value) {
        List<Node> pages = new ArrayList<>();
        for (String page : value.pages()) {
            List<NodeTuple> fields = List.of(
                    field("title", plain(Placeholders.title(Placeholders.Form.YAML, page, ""))),
                    field("id", string(page)),
                    field("path", plain(Placeholders.path(page))));
            pages.add(new MappingNode(Tag.MAP, fields, FlowStyle.BLOCK));
        }
        if (value.isCut()) {
            pages.add(string("(Notion has more of them)"));
        }
        return list(pages);
    }

    @Override
    public Node several(Value.Several value) {
        return list(value.values().stream().map(inner -> inner.accept(this)).toList());
    }

    @Override
    public Node fields(Value.Fields value) {
        List<NodeTuple> fields = new ArrayList<>();
        value.fields()
                .forEach(field -> fields.add(field(field.name(), field.value().accept(this))));
        return new MappingNode(Tag.MAP, fields, FlowStyle.BLOCK);
    }

    @Override
    public Node withheld(Value.Withheld value) {
        return string("(Notion does not give out this value)");
    }

    @Override
    public Node unknown(Value.Unknown value) {
        return json(value.json());
    }

    private static Node json(JsonNode json) {
        if (json.isObject()) {
            List<NodeTuple> fields = new ArrayList<>();
            json.properties()
                    .forEach(field -> fields.add(field(StoredText.clean(field.getKey()), json(field.getValue()))));
            return new MappingNode(Tag.MAP, fields, fields.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
        }
        if (json.isArray()) {
            List<Node> values = new ArrayList<>();
            json.forEach(value -> values.add(json(value)));
            return list(values);
        }
        return json.isTextual() ? string(StoredText.of(json)) : typed(json.asText());
    }

    /** A text as it stands within double quotes. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean isPlain = (c >= ' ' && c < 0x7F) || (c >= 0xA0 && c < 0x2028) || (c > 0x2029 && c != 0xFEFF);
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (isPlain) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format(Locale.ROOT, "\\u%04X", c));
            }
        });
        return quoted.toString();
    }
}
