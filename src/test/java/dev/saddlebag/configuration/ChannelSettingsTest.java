package dev.saddlebag.configuration;

import static dev.saddlebag.configuration.ConfigurationFolder.SMALLEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channels are set up and judged as destinations are. */
class ChannelSettingsTest {
    private static final String CHAT = SMALLEST + """
            saddlebag.workspace.acme.channels = chat
            saddlebag.channel.chat.kind = slack
            saddlebag.channel.chat.url = https://hooks.example.org/T0/secret-part
            """;

    @TempDir
    private Path folder;

    private ConfigurationFolder configuration;

    @BeforeEach
    void prepare() throws IOException {
        configuration = ConfigurationFolder.in(folder);
        Path kinds = Files.createDirectories(folder.resolve("routes/channels"));
        Files.writeString(kinds.resolve("slack.kamelet.yaml"), """
                spec:
                  definition:
                    title: Slack
                    required: [url]
                    properties:
                      url: { title: Address, type: string, format: password, pattern: "https?://.+" }
                      timeout: { title: Timeout, type: integer, default: 30 }
                """);
    }

    @Test
    void a_channel_has_its_kind_its_occasion_and_its_options() throws IOException {
        Settings settings = configuration.load(CHAT + "saddlebag.channel.chat.on = all\n");

        assertThat(settings.workspaces().get(0).channels()).containsExactly("chat");
        ChannelSettings chat = settings.channel("chat").orElseThrow();
        assertThat(chat.kind()).isEqualTo("slack");
        assertThat(chat.on()).isEqualTo(Occasion.ALL);
        assertThat(chat.keepTrying()).isEqualTo(Duration.ofDays(7));
        assertThat(chat.secrets()).containsExactly("https://hooks.example.org/T0/secret-part");
        assertThat(settings.secrets()).contains("https://hooks.example.org/T0/secret-part");
        assertThat(settings.toString()).doesNotContain("secret-part");
        assertThat(settings.placeholders().toString()).doesNotContain("secret-part");
    }

    @Test
    void the_environment_can_set_it_too() throws IOException {
        Map<String, String> environment = Map.of("SADDLEBAG_CHANNEL_CHAT_ON", "all");
        assertThat(configuration
                        .load(CHAT, environment, Map.of())
                        .channel("chat")
                        .orElseThrow()
                        .on())
                .isEqualTo(Occasion.ALL);
        assertThat(configuration.mistakes(CHAT, Map.of("SADDLEBAG_CHANNEL_CHAT_UN", "all"), Map.of()))
                .singleElement()
                .asString()
                .contains("did you mean SADDLEBAG_CHANNEL_CHAT_ON?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            saddlebag.channel.chat.ulr = x         | saddlebag.channel.chat.ulr is not a setting of the kind slack; did you mean saddlebag.channel.chat.url?
            saddlebag.channel.chat.on = problem    | saddlebag.channel.chat.on must be one of problems, all, but is "problem"; did you mean problems?
            saddlebag.channel.chat.timeout = soon  | saddlebag.channel.chat.timeout must be a whole number
            saddlebag.channel.chat.keep-trying = 7 | saddlebag.channel.chat.keep-trying must be a length of time such as 36h, 2d or 90m, but is "7"
            saddlebag.channel.mail.kind = slak     | saddlebag.channel.mail.kind is "slak", but there is no such kind; did you mean slack?
            saddlebag.channel.mail.kind = slack    | saddlebag.channel.mail.url is missing; the kind slack needs it
            saddlebag.chanel.chat.on = all         | saddlebag.chanel.chat.on is not a setting; did you mean saddlebag.channel.chat.on?
            saddlebag.workspace.acme.heartbeat-url = example.org | saddlebag.workspace.acme.heartbeat-url must be a web address that begins with https:// or http://
            """)
    void a_mistake_in_one_line_is_reported_with_what_was_meant(String line, String sentence) throws IOException {
        assertThat(configuration.mistakes(CHAT + line + "\n")).containsExactly("9: " + sentence);
    }

    @Test
    void a_wrong_secret_is_not_repeated() throws IOException {
        assertThat(configuration.mistakes(CHAT.replace("https://hooks", "hooks")))
                .containsExactly("8: saddlebag.channel.chat.url must have the form https?://.+");
    }

    @Test
    void a_channel_that_is_not_set_up_is_reported() throws IOException {
        assertThat(configuration.mistakes(CHAT.replace("channels = chat", "channels = caht")))
                .containsExactly("6: saddlebag.workspace.acme.channels names the channel caht, which is not defined;"
                        + " did you mean chat?");
    }
}
