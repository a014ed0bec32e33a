package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What routes hand to beans is a whole variable, header or body. A path into one, such as {@code ${variable.run.id}}, is an
 * expression that Camel 4.18 keeps and initialises anew at each call, while other threads evaluate it; now and then one of
 * them fails, and what it was about becomes a gap.
 */
class ParametersTest {
    private static final Pattern PATH_AS_PARAMETER =
            Pattern.compile("^\\s*method: .*\\$\\{(variable|body|header|exchangeProperty)\\.[\\w-]+\\.[^}]+}.*");

    static Stream<Path> routes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void no_parameter_is_a_path_into_an_object(Path route) throws IOException {
        List<String> lines = Files.readAllLines(route);
        assertThat(lines)
                .isNotEmpty()
                .noneMatch(line -> PATH_AS_PARAMETER.matcher(line).matches());
    }
}
