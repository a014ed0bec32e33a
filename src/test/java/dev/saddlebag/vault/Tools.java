package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Runs the tools that a stranger would use. */
public final class Tools {
    private static final Map<String, String> PACKAGES = Map.of(
            "jq",
            "jq",
            "unzip",
            "unzip",
            "ssh-keygen",
            "openssh-client",
            "gunzip",
            "gzip",
            "sha256sum",
            "coreutils",
            "age",
            "age",
            "age-keygen",
            "age",
            "script",
            "bsdutils");

    private Tools() {}

    /** What a command said and how it ended. */
    public record Result(int exit, String output) {}

    /** Fails with the names of packages when tools are missing, or skips when SADDLEBAG_SKIP_TOOLS is set. */
    public static void require(String... tools) {
        for (var tool : tools) {
            var there = List.of(System.getenv("PATH").split(":")).stream()
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
            if (!there) {
                Assumptions.assumeTrue(System.getenv("SADDLEBAG_SKIP_TOOLS") == null, "no " + tool);
                fail("This test needs %s: apt-get install -y %s (or set SADDLEBAG_SKIP_TOOLS=1 to skip it)"
                        .formatted(tool, PACKAGES.get(tool)));
            }
        }
    }

    /** Runs {@code command} in {@code directory}, with the file {@code input} as its standard input unless that is null. */
    public static Result run(Path directory, Path input, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
