package dev.saddlebag.cli;

import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionConnection;
import dev.saddlebag.routes.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "version", description = "Prints the versions of Saddlebag and of what it stands on.")
final class VersionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("saddlebag", Version.NUMBER);
        versions.put("camel", CamelContext.class.getPackage().getImplementationVersion());
        versions.put("java", System.getProperty("java.version"));
        versions.put("notion-api", NotionConnection.VERSION);
        versions.put("vault-format", "saddlebag-vault/1");
        if (json) {
            spec.commandLine().getOut().println(Json.PRETTY.writeValueAsString(versions));
        } else {
            versions.forEach((name, version) -> spec.commandLine().getOut().printf("%-13s %s%n", name, version));
        }
        return ExitCodes.OK;
    }

    /** What {@code saddlebag --version} says. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.NAME};
        }
    }
}
