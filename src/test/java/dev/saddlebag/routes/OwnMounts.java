package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.cli.Saddlebag;
import dev.saddlebag.vault.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Shell scripts that mount real file systems without being root, in a namespace of their own: {@code saddlebag} in them
 * is the command line on the configuration of a lab, and {@code step NAME COMMAND…} keeps what a command says and how it
 * exits.
 */
final class OwnMounts {
    private static final int LONGEST_SECONDS = 240;

    private final Lab lab;
    private final Path folder;

    private OwnMounts(Lab lab) {
        this.lab = lab;
        this.folder = lab.configuration().getParent();
    }

    /** What one step said and its exit code. */
    record Step(int exit, String said) {}

    /** Skips the test, and says why, where the system allows no such mounts. */
    static OwnMounts of(Lab lab) throws Exception {
        Path probe = Files.createDirectories(lab.configuration().getParent().resolve("probe"));
        String said;
        try {
            said = Tools.run(probe, null, "unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", probe.toString())
                    .output();
        } catch (IOException noSuchTool) {
            said = noSuchTool.getMessage();
        }
        Assumptions.assumeTrue(
                said.isEmpty(), "This system lets nobody mount in a user namespace (unshare -rm): " + said.strip());
        return new OwnMounts(lab);
    }

    /** Runs a script, which must come to its end, and gives its steps by their names. */
    Map<String, Step> run(String script) throws Exception {
        Path file = Files.writeString(folder.resolve("script.sh"), """
                set -eu
                step() {
                  name=$1
                  shift
                  code=0
                  "$@" > "$name.said" 2>&1 || code=$?
                  echo $code > "$name.exit"
                }
                saddlebag() {
                  "$JAVA" -Xmx256m -XX:+ExitOnOutOfMemoryError -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$CLASSES" "$MAIN" --config "$CONFIG" "$@"
                }
                """ + script);
        Path log = folder.resolve("script.log");
        ProcessBuilder builder = new ProcessBuilder("unshare", "-rm", "sh", file.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(lab.environment());
        builder.environment()
                .putAll(Map.of(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "CLASSES",
                        System.getProperty("java.class.path"),
                        "MAIN",
                        Saddlebag.class.getName(),
                        "CONFIG",
                        lab.configuration().toString()));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        Map<String, Step> steps = new HashMap<>();
        try (var exits = Files.newDirectoryStream(folder, "*.exit")) {
            for (Path exit : exits) {
                String name = exit.getFileName().toString().replace(".exit", "");
                steps.put(
                        name,
                        new Step(
                                Integer.parseInt(Files.readString(exit).strip()),
                                Files.readString(folder.resolve(name + ".said"))));
            }
        }
        return steps;
    }
}
