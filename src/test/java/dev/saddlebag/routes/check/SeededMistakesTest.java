package dev.saddlebag.routes.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake is put into a route of its own and must be found with its line and its reason, and nothing else. */
class SeededMistakesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    - lgo: hello                                             | 7 | unknown step `lgo`; did you mean `log`?
                    - log: { mesage: hello }                                 | 7 | `mesage` is not an option of `log`; did you mean `message`?
                    - log: { message: hello, loggingLevel: WARNING }         | 7 | `loggingLevel` must be one of TRACE, DEBUG, INFO, WARN, ERROR, OFF, but is `WARNING`; did you mean `WARN`?
                    - log: { message: 5 }                                    | 7 | `message` must be a text, but is a number; put it in quotes
                    - setBody: { simpel: "x" }                               | 7 | `simpel` is not an option of `setBody`; did you mean `simple`?
                    - split: { simple: "x", steps: [ { lgo: x } ] }          | 7 | unknown step `lgo`; did you mean `log`?
                    - filter: { simple: "x", stepz: [] }                     | 7 | `stepz` is not an option of `filter`; did you mean `steps`?
                    - setHeader: { simple: "x" }                             | 7 | `setHeader` needs `name`
                    - bean:                                                  | 7 | `bean` must be a text or a group of options, but is nothing
                    - to: { uri: "log:x", parameters: { showHeders: 1 } }   | 7 | `showHeders` is not an option of `log`; did you mean `showHeaders`?
                    - to: "mok:x"                                            | 7 | there is no component `mok`; did you mean `mock`?
                    - to: ""                                                 | 7 | `to` is empty; it must name an endpoint
                    - to: { uri: "" }                                        | 7 | `uri` is empty; it must name an endpoint
                    - to: "file:{{data.directry}}"                           | 7 | the placeholder {{data.directry}} is set nowhere; did you mean data.directory?
                    - to: direct:seedd                                       | 7 | no route listens to direct:seedd; did you mean direct:seeded?
                    - to: { uri: direct, parameters: { name: seedd } }       | 7 | no route listens to direct:seedd; did you mean direct:seeded?
                    - wireTap: { uri: "seda:audit" }                         | 7 | no route listens to seda:audit
                    - toD: direct:nobody                                     | 7 | no route listens to direct:nobody
                    - recipientList: { constant: "direct:seeded,direct:x" }  | 7 | no route listens to direct:x
                    - recipientList: { constant: "mok:x,mock:y" }            | 7 | there is no component `mok`; did you mean `mock`?
                    - toD: "log:x?showHeders=1"                             | 7 | `showHeders` is not an option of `log`; did you mean `showHeaders`?
                    - bean: { ref: gaet, method: passes }                    | 7 | there is no bean `gaet`; did you mean `gate`?
                    - bean: { ref: gate, method: pases }                     | 7 | the bean has no method `pases`; did you mean `passes`?
                    - filter: { method: { ref: gate, method: pases }, steps: [ { log: x } ] }       | 7 | the bean has no method `pases`; did you mean `passes`?
                    - process: { ref: nobody }                               | 7 | there is no bean `nobody`
                    - split: { simple: "${body}", executorService: wolkers, steps: [ { log: x } ] } | 7 | there is no thread pool `wolkers`
                    - split: { simple: "${body}", aggregationStrategy: recepts, steps: [ { log: x } ] } | 7 | there is no bean `recepts`; did you mean `receipts`?
                    - setBody: { simple: "${bdy}" }                          | 7 | Unknown function: bdy
                    - to: kamelet:foldr/x                                    | 7 | there is no Kamelet `foldr`; did you mean `folder`?
                    - filter: { simple: "${body}" }                          | 7 | there are no steps
                    - throwException: { exceptionType: no.Such, message: x } | 7 | there is no class `no.Such`
                    """)
    void aBadStepIsFound(String step, int line, String sentence) throws IOException {
        assertThat(mistakes(RoutesCheckTest.route("seeded", step))).containsExactly(line + ": " + sentence);
    }

    @Test
    void oneBadStepDoesNotHideAnother() throws IOException {
        assertThat(mistakes(RoutesCheckTest.route(
                        "seeded",
                        "- to: mok:x",
                        "- bean: { ref: gaet }",
                        "- split:",
                        "    simple: ${bdy}",
                        "    steps:",
                        "      - to: log:x?showHeders=1")))
                .containsExactly(
                        "7: there is no component `mok`; did you mean `mock`?",
                        "8: there is no bean `gaet`; did you mean `gate`?",
                        "12: `showHeders` is not an option of `log`; did you mean `showHeaders`?");
    }

    @Test
    void aMisspeltOptionIsFoundInItsOwnLine() throws IOException {
        assertThat(mistakes("""
                        - route:
                            id: seeded
                            description: Ticks.
                            from:
                              uri: quartz:tick
                              parameters:
                                stateful: true
                                crn: 0 0 2 * * ?
                              steps:
                                - to: log:x
                        """)).containsExactly("8: `crn` is not an option of `quartz`; did you mean `cron`?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    uri: "quartz:tick?cron=99+99+*+*+*+?" | `cron` must be a cron expression, but in "99 99 * * * ?" the second is 99 and can only be 0 to 59
                    uri: "quartz:tick?cron=0 0 2 * *"     | `cron` must be a cron expression of six fields (second minute hour day month weekday), such as "0 0 2 * * ?", but "0 0 2 * *" has 5
                    uri: "quartz:tick?cron={{data.directory}}" | `cron` must be a cron expression of six fields (second minute hour day month weekday), such as "0 0 2 * * ?", but "target/nothing-reads-this" has 1
                    uri: "quartzz:tick"                   | there is no component `quartzz`; did you mean `quartz`?
                    uri: "timer:tick?perid=5"             | `perid` is not an option of `timer`; did you mean `period`?
                    """)
    void aBadTimerIsFound(String uri, String sentence) throws IOException {
        assertThat(mistakes("""
                        - route:
                            id: seeded
                            description: Ticks.
                            from:
                              %s
                              steps:
                                - to: log:x
                        """.formatted(uri))).containsExactly("5: " + sentence);
    }

    @Test
    void aCronAmongTheParametersIsFoundInItsOwnLine() throws IOException {
        assertThat(mistakes("""
                        - route:
                            id: seeded
                            description: Ticks.
                            from:
                              uri: quartz:tick
                              parameters:
                                cron: 0 0 25 * * ?
                              steps:
                                - to: log:x
                        """))
                .containsExactly("7: `cron` must be a cron expression, but in \"0 0 25 * * ?\" "
                        + "the hour is 25 and can only be 0 to 23");
    }

    @Test
    void badIndentationIsFound() throws IOException {
        assertThat(mistakes("- route:\n    id: seeded\n     description: x\n"))
                .containsExactly(
                        "3: no YAML: there is a colon where none can be; either this line or the one before it "
                                + "is indented wrongly, or a text with \": \" in it needs quotes (at column 17)");
        assertThat(mistakes("- route:\n\tid: seeded\n"))
                .containsExactly("2: no YAML: there is a tab; YAML is indented with blanks only (at column 1)");
        assertThat(mistakes(RoutesCheckTest.route("seeded", "- setHeader:", "  name: x", "  simple: x")))
                .containsExactly(
                        "8: `name` stands beside `setHeader`; indent it below, or begin it with a hyphen",
                        "9: `simple` stands beside `setHeader`; indent it below, or begin it with a hyphen");
        assertThat(mistakes(RoutesCheckTest.route("seeded", "- to: log:x", "  log: x")))
                .containsExactly("7: `to` and `log` stand in one entry; begin each with a hyphen");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    route: { id: x }  | 1: `the file` must be a list (lines that begin with a hyphen), but is a group of options
                    hello             | 1: `the file` must be a list (lines that begin with a hyphen), but is a text
                    # nothing         | seeded.camel.yaml: the file is empty
                    - hello           | 1: an entry without a name, such as `route:`
                    - &a [ *a ]       | 1: an alias that contains itself
                    """)
    void aFileThatHoldsNoRoutesIsFound(String text, String sentence) throws IOException {
        assertThat(mistakes(text + "\n")).contains(sentence);
    }

    @Test
    void whatStandsTwiceIsFound() throws IOException {
        assertThat(mistakes(
                        RoutesCheckTest.route("seeded", "- to: log:x").replace("    from", "    id: again\n    from")))
                .containsExactly("4: `id` is set already in line 2");
    }

    @Test
    void aRouteNeedsAnIdAndADescriptionOfItsOwn() throws IOException {
        assertThat(mistakes("""
                        - route:
                            from:
                              uri: direct:a
                              steps: [ { log: x } ]
                        - route:
                            id: route1
                            description: x
                            from:
                              uri: direct:b
                              steps: [ { log: x } ]
                        - from:
                            uri: direct:c
                            steps: [ { log: x } ]
                        - rout: {}
                        - route:
                            id: same
                            description: x
                            from:
                              uri: direct:d
                              stepz: [ { log: x } ]
                        - route:
                            id: same
                            description: x
                            from:
                              uri: direct:e
                              steps: [ { log: x } ]
                        """))
                .containsExactly(
                        "1: the route has no `description`; say in a sentence what it does",
                        "1: the route has no `id`; give it one that says what it does",
                        "6: the id `route1` does not say what the route does",
                        "11: a route without an id and a description; put `from` inside a `route`",
                        "14: unknown entry `rout`; did you mean `route`?",
                        "20: `stepz` is not an option of `from`; did you mean `steps`?",
                        "22: the id `same` is used already in seeded.camel.yaml:16");
    }

    @Test
    void mistakesInErrorHandlingAreFoundOnce() throws IOException {
        assertThat(mistakes("""
                        - routeConfiguration:
                            onException:
                              - onException:
                                  exception:
                                    - java.io.IOException
                                  steps:
                                    - bean:
                                        ref: gaet
                        - onException:
                            exception:
                              - no.such.Exception
                            steps:
                              - to: log:x
                        - route:
                            id: seeded
                            description: x
                            from:
                              uri: direct:a
                              steps:
                                - to: log:x
                        - route:
                            id: other
                            description: x
                            errorHandler:
                              deadLetterChannel:
                                deadLetterUri: direct:quarantin
                            from:
                              uri: direct:b
                              steps:
                                - to: log:x
                        """))
                .containsExactly(
                        "8: there is no bean `gaet`; did you mean `gate`?",
                        "11: there is no class `no.such.Exception`",
                        "26: no route listens to direct:quarantin; did you mean direct:quarantine?");
    }

    @Test
    void mistakesInTemplatesAreFound() throws IOException {
        assertThat(mistakes("""
                        - routeTemplate:
                            id: template
                            description: x
                            parameters:
                              - name: name
                            from:
                              uri: direct:{{name}}
                              steps:
                                - to: mock:{{nme}}
                                - to: log:{{name}}?showHeders=1
                        - templatedRoute:
                            routeId: made
                            routeTemplateRef: template
                        - templatedRoute:
                            routeId: other
                            routeTemplateRef: tamplate
                        """))
                .containsExactly(
                        "9: the placeholder {{nme}} is set nowhere",
                        "10: `showHeders` is not an option of `log`; did you mean `showHeaders`?",
                        "11: the template `template` needs the parameter `name`",
                        "16: there is no template `tamplate`; did you mean `template`?");
    }

    @Test
    void mistakesInKameletsAreFound() throws IOException {
        var folder = new RoutesFolder(directory).with("destinations/nas.kamelet.yaml", """
                        apiVersion: camel.apache.org/v1
                        kind: Kamelet
                        metadata:
                          name: nass
                        spec:
                          definition:
                            title: Nas
                            required: [host]
                            properties:
                              port: { type: integer }
                          template:
                            from:
                              uri: kamelet:source
                              steps:
                                - to: log:{{port}}?showHeders=1
                        """);

        assertThat(folder.sentences())
                .containsExactly(
                        "destinations/nas.kamelet.yaml:4: the Kamelet is named `nass`, but its file is nas.kamelet.yaml",
                        "destinations/nas.kamelet.yaml:6: the Kamelet has no `description` in `spec.definition`",
                        "destinations/nas.kamelet.yaml:8: `host` is required, but is not among the properties",
                        "destinations/nas.kamelet.yaml:10: the property `port` has no `description`",
                        "destinations/nas.kamelet.yaml:15: `showHeders` is not an option of `log`; did you mean `showHeaders`?");
    }

    @Test
    void anUnknownStepInAKameletIsFound() throws IOException {
        var folder = new RoutesFolder(directory).with("destinations/nas.kamelet.yaml", """
                        metadata:
                          name: nas
                        spec:
                          definition:
                            title: Nas
                            description: Nas.
                          template:
                            from:
                              uri: kamelet:source
                              steps:
                                - lgo: x
                        """);

        assertThat(folder.sentences())
                .containsExactly("destinations/nas.kamelet.yaml:11: unknown step `lgo`; did you mean `log`?");
    }

    private List<String> mistakes(String routes) throws IOException {
        return new RoutesFolder(directory)
                .withGoodRoutes().with("seeded.camel.yaml", routes).sentences().stream()
                        .map(sentence -> sentence.replaceFirst("^seeded.camel.yaml:", ""))
                        .toList();
    }
}
