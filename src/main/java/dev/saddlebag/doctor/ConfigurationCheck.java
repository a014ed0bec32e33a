package dev.saddlebag.doctor;

import dev.saddlebag.configuration.Mistake;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.routes.Checkup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether the settings and the routes have mistakes: missing, unknown and unusable ones, as {@code routes check} finds them. */
final class ConfigurationCheck {
    private ConfigurationCheck() {}

    static List<Finding> of(Path file, Checkup checkup) {
        List<Finding> findings = new ArrayList<>();
        for (Mistake mistake : checkup.mistakes()) {
            findings.add(Finding.failed(
                    Area.CONFIGURATION,
                    mistake.line() > 0 ? mistake.file() + ":" + mistake.line() : mistake.file(),
                    mistake.sentence(),
                    "Correct it. \"saddlebag routes check\" looks for such mistakes alone."));
        }
        if (findings.isEmpty()) {
            Settings settings = checkup.settings();
            findings.add(Finding.ok(
                    Area.CONFIGURATION,
                    file.toString(),
                    "no mistakes in it, nor in the routes of " + settings.routesDirectory() + "; workspaces: "
                            + settings.workspaces().size() + ", destinations: "
                            + settings.destinations().size()));
        }
        return findings;
    }
}
