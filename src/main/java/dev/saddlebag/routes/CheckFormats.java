package dev.saddlebag.routes;

import dev.saddlebag.configuration.Mistake;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.Suggestion;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.readable.Format;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/** Finds formats of readable files that no bean writes. */
record CheckFormats(Settings settings, Path configuration) {
    /** The mistakes, with {@code context} having all beans, also those of the routes. */
    List<Mistake> check(CamelContext context) {
        Set<String> known = new TreeSet<>(
                context.getRegistry().findByTypeWithName(Format.class).keySet());
        List<Mistake> mistakes = new ArrayList<>();
        for (WorkspaceSettings workspace : settings.workspaces()) {
            for (String format : workspace.formats()) {
                if (!known.contains(format)) {
                    String key = "saddlebag.workspace." + workspace.name() + ".formats";
                    mistakes.add(new Mistake(configuration.toString(), 0, key, sentence(key, format, known)));
                }
            }
        }
        return mistakes;
    }

    private static String sentence(String key, String format, Set<String> known) {
        String hint = Suggestion.nearest(format, known)
                .map(meant -> "did you mean " + meant + "?")
                .orElse("there are " + String.join(", ", known) + " and none");
        return key + " names " + format + ", which is no format; " + hint;
    }
}
