package dev.saddlebag.cli;

import dev.saddlebag.configuration.ConfigurationException;
import dev.saddlebag.configuration.Mistake;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.routes.Checkup;
import dev.saddlebag.routes.Flow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of this call of the command line, and where they came from.
 *
 * @param configuration the properties file
 * @param overrides what {@code -D} gave
 */
record Setup(Settings settings, Path configuration, Map<String, String> overrides) {

    static Setup load(Path configuration, Map<String, String> overrides) {
        if (!Files.isReadable(configuration)) {
            throw new ConfigurationException(List.of(new Mistake(
                    configuration.toString(),
                    0,
                    "",
                    "there is no such configuration file, or it cannot be read. \"saddlebag init\" writes one, "
                            + "\"saddlebag demo\" needs none")));
        }
        return new Setup(Settings.load(configuration, System.getenv(), overrides), configuration, overrides);
    }

    /** Starts the routes, and the built-in Notion when the configuration asks for it. */
    RunningFlow start(Flow.Timers timers) throws Exception {
        Optional<BuiltInNotion> notion = BuiltInNotion.startIfAskedFor(settings);
        try {
            return new RunningFlow(Flow.start(settings, configuration, overrides, timers), notion);
        } catch (Exception failed) {
            notion.ifPresent(BuiltInNotion::close);
            throw explained(failed);
        }
    }

    /** Why the routes do not start, in the words of the check where it finds a mistake: Camel's own are for developers. */
    private Exception explained(Exception failed) {
        List<Mistake> mistakes =
                Checkup.of(configuration, System.getenv(), overrides).mistakes();
        return mistakes.isEmpty() ? failed : new ConfigurationException(mistakes);
    }

    /** The workspace of this name, or the only one there is. */
    WorkspaceSettings workspace(Optional<String> name) {
        if (name.isPresent()) {
            return settings.workspace(name.get())
                    .orElseThrow(() -> new IllegalArgumentException("There is no workspace \"" + name.get()
                            + "\" in saddlebag.workspaces; there is " + names()));
        }
        if (settings.workspaces().size() != 1) {
            throw new IllegalArgumentException("Which workspace? Say --workspace with one of " + names());
        }
        return settings.workspaces().get(0);
    }

    /** The workspaces of these names, or all where none is named. */
    List<WorkspaceSettings> workspaces(List<String> names) {
        return names.isEmpty()
                ? settings.workspaces()
                : names.stream().map(name -> workspace(Optional.of(name))).toList();
    }

    private String names() {
        return String.join(
                ", ",
                settings.workspaces().stream().map(WorkspaceSettings::name).toList());
    }
}
