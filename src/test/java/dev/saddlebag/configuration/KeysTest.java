package dev.saddlebag.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {

    @Test
    void everyDefaultAndExampleCanBeRead() throws BadValueException {
        for (Key<?> key : Keys.all()) {
            key.type().parse(key.example());
            if (key.hasDefault()) {
                key.type().parse(key.defaultValue());
            }
        }
    }

    @Test
    void theHandbookNamesEveryKeyWithItsDefaultAndExample() throws IOException {
        List<String> handbook = Files.readAllLines(Path.of("docs/configuration.md"));

        assertThat(handbook).containsAll(Keys.all().stream().map(KeysTest::row).toList());
    }

    private static String row(Key<?> key) {
        return "| `%s` | %s | %s | `%s` |"
                .formatted(
                        key.pattern(),
                        key.meaning() + (key.secret() ? " Secret." : ""),
                        key.hasDefault() ? "`" + key.defaultValue() + "`" : "",
                        key.example());
    }
}
