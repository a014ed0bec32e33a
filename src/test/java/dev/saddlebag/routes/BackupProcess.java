package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.cli.Saddlebag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code saddlebag backup} in a process of its own, which can be killed as the system would kill it. */
final class BackupProcess implements AutoCloseable {
    private static final int LONGEST_SECONDS = 900;

    private final Process process;
    private final Path output;

    private BackupProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a backup of the workspace of the lab. */
    static BackupProcess start(Lab lab) throws IOException {
        Path output = Files.createTempFile(lab.configuration().getParent(), "backup-", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Saddlebag.class.getName(),
                "--config",
                lab.configuration().toString()));
        lab.overrides().forEach((key, value) -> command.addAll(List.of("-D", key + "=" + value)));
        command.addAll(List.of("backup", Lab.WORKSPACE));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(lab.configuration().getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(lab.environment());
        return new BackupProcess(builder.start(), output);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits until it has been killed. */
    void awaitKill() throws Exception {
        assertThat(exitCode()).as(said()).isEqualTo(128 + 9);
    }

    /** Waits until it has come to its end, which must be a good one. */
    void awaitCompletion() throws Exception {
        assertThat(exitCode()).as(said()).isZero();
    }

    private int exitCode() throws Exception {
        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                .as(said())
                .isTrue();
        return process.exitValue();
    }

    /** What it has printed. */
    String said() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        kill();
    }
}
