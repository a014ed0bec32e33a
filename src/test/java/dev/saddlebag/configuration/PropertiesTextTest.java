package dev.saddlebag.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PropertiesTextTest {

    @Property(tries = 3000)
    void readsWhatJavaReads(@ForAll("texts") String text) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(text));

        PropertiesText.Content content = PropertiesText.read("file", text);

        var read = new HashMap<Object, Object>();
        content.entries().forEach(entry -> read.put(entry.key(), entry.text()));
        // A lone backslash at the very end is an empty key to Java, though not before every kind of line end.
        properties.remove("");
        read.remove("");
        assertThat(read).isEqualTo(properties);
        assertThat(content.mistakes()).isEmpty();
    }

    @Property(tries = 500)
    void aSettingIsOnTheLineThatNamesIt(@ForAll("texts") String before) {
        String above = before.replaceAll("[\\\\]", "/") + "\n";
        int lines = above.split("\r\n|\r|\n", -1).length;

        PropertiesText.Content content = PropertiesText.read("file", above + "marked.key = 1");

        Entry last = content.entries().get(content.entries().size() - 1);
        assertThat(last).isEqualTo(new Entry("marked.key", "1", "file", lines));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a",
                        "key",
                        "=",
                        ":",
                        " ",
                        "\t",
                        "\f",
                        "\n",
                        "\r",
                        "\r\n",
                        "\\",
                        "\\\n",
                        "\\\r\n",
                        "#",
                        "!",
                        "\\n",
                        "\\t",
                        "\\u0041",
                        "\\ ",
                        "\\:",
                        "\\=",
                        "value",
                        "\\\\",
                        "ü",
                        "{{env:X}}")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts))
                .filter(text -> !text.replace("\\\\", "").matches("(?s).*\\\\u(?!0041).*"));
    }

    @Test
    void aBadEscapeIsReportedAndTheRestIsRead() {
        PropertiesText.Content content = PropertiesText.read("file", "a = 1\npath = C:\\users\nb = 2\n");

        assertThat(content.entries()).extracting(Entry::key).containsExactly("a", "b");
        assertThat(content.mistakes())
                .containsExactly(new Mistake(
                        "file",
                        2,
                        "path",
                        "path: \\u must be followed by four hexadecimal digits; "
                                + "for a backslash, such as in a Windows path, write \\\\ or /"));
    }
}
