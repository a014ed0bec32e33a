package dev.saddlebag.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "init",
        description =
                "Writes a commented configuration file and asks for the least: what to call the workspace, and where "
                        + "its snapshots go. The token stays out of the file.")
final class InitCommand implements Callable<Integer> {
    private static final String NAME = "[a-z0-9][a-z0-9-]*";

    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            description = "The name of the workspace; asked for when absent.")
    private Optional<String> workspace = Optional.empty();

    @Option(names = "--directory", paramLabel = "DIR", description = "The folder for the vault; asked for when absent.")
    private Optional<String> directory = Optional.empty();

    @Override
    public Integer call() throws Exception {
        Path file = saddlebag.initTarget().toAbsolutePath();
        if (Files.exists(file)) {
            throw isThere(file, null);
        }
        PrintWriter out = spec.commandLine().getOut();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String name =
                answer(workspace, "What shall the workspace be called (lower-case letters, digits, -)?", "notion", in);
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" cannot be the name of a workspace: lower-case letters, "
                            + "digits and - are allowed. Nothing was written");
        }
        String vault = answer(directory, "In which folder shall its snapshots be kept?", "data/vault", in);
        write(file, text(name, vault) + routes(file));
        out.printf(
                "%s is written. Next:%n"
                        + "  1. Make a connection at Notion, and add it to the pages that you want to have backed up.%n"
                        + "  2. export NOTION_TOKEN=ntn_…%n"
                        + "  3. ./saddlebag doctor && ./saddlebag backup%n"
                        + "  4. Say in that file who is told when a backup fails (channels), and try it:"
                        + " ./saddlebag doctor --send-test%n"
                        + "  5. ./saddlebag run keeps to the schedule.%n",
                file);
        return ExitCodes.OK;
    }

    private String answer(Optional<String> given, String question, String usual, BufferedReader in) throws IOException {
        if (given.isPresent()) {
            return given.get();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s [%s] ", question, usual);
        out.flush();
        String line = in.readLine();
        return line == null || line.isBlank() ? usual : line.strip();
    }

    private static void write(Path file, String text) throws IOException {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException there) {
            throw isThere(file, there);
        }
    }

    private static IllegalArgumentException isThere(Path file, Exception cause) {
        return new IllegalArgumentException(
                file + " is there already and stays as it is. Edit it, or say --config with another name", cause);
    }

    /** Relative folders begin at the file, and a file that lies elsewhere must say where the routes are. */
    private static String routes(Path file) {
        Path home = Saddlebag.home();
        return home.equals(file.getParent())
                ? ""
                : "%n# The routes, and beside them the kinds of destinations.%nsaddlebag.routes-directory = %s%n"
                        .formatted(home.resolve("routes").toString().replace("\\", "\\\\"));
    }

    private static String text(String name, String directory) {
        try (var template = InitCommand.class.getResourceAsStream("init.properties")) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@workspace@", name)
                    .replace("@directory@", directory.replace("\\", "\\\\"));
        } catch (IOException broken) {
            throw new IllegalStateException("The template of the configuration is missing from the jar", broken);
        }
    }
}
