package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.gate.Verdict;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.snapshot.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that operators add in YAML, as docs/routes.md shows them. */
class ExtraRulesTest {
    @TempDir
    Path folder;

    private Path routes;

    @BeforeEach
    void copyOfTheRoutes() throws IOException {
        routes = folder.resolve("routes");
        PathUtils.copyDirectory(Path.of("routes"), routes);
    }

    /** What a rule of somebody's own may be: any class with a method that says what is wrong. */
    public static final class MirroredRule {
        public List<String> judge(Verdict verdict, Run run) {
            return List.of(
                    verdict.count().get("pages") + " pages in "
                            + run.workspace().name() + " are odd, by our books.",
                    "And nobody knows why.");
        }
    }

    /** A rule that is kept says nothing. */
    public static final class KeptRule {
        public String judge(Verdict verdict) {
            return verdict.complete() ? null : "It is partial.";
        }
    }

    @Test
    void an_expression_of_the_handbook_holds_a_run() throws Exception {
        add(example("Simple").replace("100", "1000"));

        RunSummary summary = backup();

        assertThat(summary.outcome()).isEqualTo(Outcome.HELD);
        assertThat(summary.verdict().faults()).extracting(Verdict.Finding::rule).containsExactly("our-minimum");
        assertThat(summary.sentence()).contains("Only 7 pages, and we have at least 1000");
    }

    @Test
    void an_expression_that_does_not_hold_leaves_the_verdict_as_it_is() throws Exception {
        add(example("Simple").replace("100", "5"));

        assertThat(backup().verdict().findings()).isEmpty();
    }

    @Test
    void a_bean_of_the_handbook_says_in_sentences_what_is_wrong() throws Exception {
        add(example("bean"));
        beans(MirroredRule.class);

        RunSummary summary = backup();

        assertThat(summary.outcome()).isEqualTo(Outcome.HELD);
        assertThat(summary.verdict().faults())
                .extracting(Verdict.Finding::sentence)
                .containsExactly("7 pages in acme are odd, by our books.", "And nobody knows why.");
    }

    @Test
    void a_bean_that_finds_nothing_wrong_returns_nothing() throws Exception {
        add(example("bean").replace("judge(${variable.verdict}, ${variable.run})", "judge(${variable.verdict})"));
        beans(KeptRule.class);

        RunSummary summary = backup();

        assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(summary.verdict().findings()).isEmpty();
    }

    @Test
    void a_rule_that_only_warns_lets_the_run_pass() throws Exception {
        add(example("Simple").replace("100", "1000").replace("hold(", "warn("));

        RunSummary summary = backup();

        assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(summary.verdict().words()).isEqualTo("accepted with warnings");
    }

    private RunSummary backup() throws Exception {
        try (Lab lab = new Lab(folder.resolve("lab"), SampleWorkspace.of(3, 5), Behaviour.standard())
                .with("saddlebag.routes-directory", routes.toString())) {
            return lab.backup();
        }
    }

    /** The example of the handbook that follows the words {@code after}. */
    private static String example(String after) throws IOException {
        String handbook = Files.readString(Path.of("docs/routes.md"));
        Matcher example = Pattern.compile(
                        "## A rule of your own.*?\\*\\*As an? " + after + ".*?```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(handbook);
        assertThat(example.find()).isTrue();
        return example.group(1);
    }

    /** Puts steps into the route for them. */
    private void add(String steps) throws IOException {
        Path file = routes.resolve("gate.camel.yaml");
        String text = Files.readString(file);
        String place = "uri: direct:extra-rules\n      steps:\n";
        assertThat(text).contains(place);
        Files.writeString(file, text.replace(place, place + steps));
    }

    private void beans(Class<?> rule) throws IOException {
        Files.writeString(routes.resolve("our-rules.camel.yaml"), """
                - beans:
                    - name: fridayRule
                      type: %s
                """.formatted(rule.getName()));
    }
}
