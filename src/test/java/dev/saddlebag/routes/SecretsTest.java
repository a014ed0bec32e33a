package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.ExportScenario;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The token goes to Notion and nowhere else, however loud the log is. */
class SecretsTest {
    @TempDir
    Path folder;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Level before;

    @BeforeEach
    void logEverything() {
        before = root.getLevel();
        root.getAppender("console").stop();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void logAsBefore() {
        root.setLevel(before);
        root.detachAppender(log);
        root.getAppender("console").start();
    }

    @Test
    void neither_log_nor_state_nor_vault_nor_a_file_host_ever_sees_the_token() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(8, 30), Behaviour.standard())) {
            lab.notion().faults().mix(8, 20);
            lab.notion().faults().mixFiles(8, 20);
            lab.backup();
            lab.notion().faults().killToken(true);
            lab.backup();

            assertThat(lab.notion().requests().tokenLeaks()).isZero();
        }
        assertThat(log.list).isNotEmpty();
        assertThat(log.list).noneMatch(event -> text(event).contains(Lab.TOKEN));
        assertThat(filesWithTheToken()).isEmpty();
    }

    @Test
    void neither_log_nor_state_nor_vault_ever_sees_a_cookie_and_no_log_the_signature_of_a_link() throws Exception {
        String token;
        String fileToken;
        try (Lab lab = new Lab(folder, SampleWorkspace.of(8, 12), Behaviour.standard()).exporting("export")) {
            token = lab.notion().exports().tokenV2();
            fileToken = lab.notion().exports().fileToken();
            lab.notion().exports().play(ExportScenario.FILE_TOKEN_BY_SET_COOKIE);
            lab.backup();
            assertThat(lab.notion().exports().count("download")).isPositive();
            lab.notion().exports().play(ExportScenario.FILE_TOKEN_NOT_TO_BE_HAD);
            lab.backup();
            lab.notion().exports().play(ExportScenario.SESSION_OVER);
            lab.backup();
        }
        assertThat(log.list).isNotEmpty();
        assertThat(log.list)
                .noneMatch(event -> text(event).contains(token))
                .noneMatch(event -> text(event).contains(fileToken))
                .noneMatch(event -> text(event).contains("signature="));
        assertThat(filesWith(token)).isEmpty();
        assertThat(filesWith(fileToken)).isEmpty();
    }

    private List<Path> filesWithTheToken() throws IOException {
        return filesWith(Lab.TOKEN);
    }

    private List<Path> filesWith(String secret) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> content(file).contains(secret))
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static String text(ILoggingEvent event) {
        StringBuilder text = new StringBuilder(event.getFormattedMessage());
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            text.append(' ').append(cause.getMessage());
        }
        return text.toString();
    }
}
