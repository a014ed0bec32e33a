package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real git, with no settings of this machine. */
public final class GitTool {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_AUTHOR_NAME", "Mallory",
            "GIT_AUTHOR_EMAIL", "mallory@example.org",
            "GIT_COMMITTER_NAME", "Mallory",
            "GIT_COMMITTER_EMAIL", "mallory@example.org",
            "LC_ALL", "C.UTF-8");

    private final Path repository;

    private GitTool(Path repository) {
        this.repository = repository;
    }

    /** A new bare repository. */
    public static GitTool bare(Path folder) throws Exception {
        GitTool tool = new GitTool(folder);
        tool.run(List.of("git", "init", "-q", "--bare", "-b", "main", folder.toString()));
        return tool;
    }

    /** A repository that is there. */
    public static GitTool at(Path folder) {
        return new GitTool(folder);
    }

    public Path repository() {
        return repository;
    }

    /** What git says, without white space around it; it must succeed. */
    public String git(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "core.quotePath=false", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** The lines that git says. */
    public List<String> lines(String... arguments) throws Exception {
        return git(arguments).lines().toList();
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(ENVIRONMENT);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(command + "\n" + said).isZero();
        return said;
    }
}
