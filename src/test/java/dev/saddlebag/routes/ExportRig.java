package dev.saddlebag.routes;

import dev.saddlebag.configuration.Settings;
import dev.saddlebag.export.ExportJob;
import dev.saddlebag.simulator.ExportHost;
import dev.saddlebag.simulator.Exports;
import dev.saddlebag.simulator.Exports.Seen;
import dev.saddlebag.snapshot.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.assertj.core.api.Assertions;

/** The routes of the native export alone, up to the archives, against a simulated Notion. */
final class ExportRig implements AutoCloseable {
    private final Lab lab;
    private CamelContext context;
    private ExportJob job;

    ExportRig(Lab lab) {
        this.lab = lab;
    }

    /** Begins a run, or goes on with the one that ended early, and fetches the export. */
    void fetch() throws Exception {
        if (context == null) {
            start();
        }
        Runs runs = context.getRegistry().lookupByNameAndType("runs", Runs.class);
        finish(runs, runs.begin(Lab.WORKSPACE, null));
    }

    /** Begins a run that takes in what a person has given. */
    void ingest(String given) throws Exception {
        if (context == null) {
            start();
        }
        Runs runs = context.getRegistry().lookupByNameAndType("runs", Runs.class);
        finish(runs, runs.beginWith(Lab.WORKSPACE, given));
    }

    /** Why nothing may be said of the archives that were taken in. */
    String refusalOfWhatIsKnown() {
        dev.saddlebag.export.Exports exports =
                context.getRegistry().lookupByNameAndType("exports", dev.saddlebag.export.Exports.class);
        return Assertions.catchThrowable(() -> exports.about(job)).getMessage();
    }

    private void finish(Runs runs, Run run) throws Exception {
        try (ProducerTemplate producer = context.createProducerTemplate()) {
            Exchange done = producer.request("direct:fetch-export", exchange -> exchange.setVariable("run", run));
            job = done.getVariable("job", ExportJob.class);
            if (done.getException() != null) {
                context.getRegistry()
                        .lookupByNameAndType("exports", dev.saddlebag.export.Exports.class)
                        .failed(run, done.getException());
                throw done.getException();
            }
        } finally {
            runs.end(run);
        }
    }

    private void start() throws Exception {
        Settings settings = Settings.load(lab.configuration(), lab.environment(), lab.overrides());
        context = Flow.empty(settings, lab.configuration(), lab.overrides());
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveResource(context, "file:routes/collect-export.camel.yaml"));
        context.start();
    }

    /** Ends it as a restart would, and lets a property be another one afterwards. */
    void restart() {
        close();
        context = null;
    }

    List<HttpEndpoint> httpEndpoints() {
        return context.getEndpoints().stream()
                .filter(HttpEndpoint.class::isInstance)
                .map(HttpEndpoint.class::cast)
                .toList();
    }

    ExportJob job() {
        return job;
    }

    Exports notion() {
        return lab.notion().exports();
    }

    /** Whether the archives are, byte for byte, those that the last {@code archives} tasks made. */
    boolean hasArchives(int archives) throws Exception {
        List<String> tasks = notion().taskIds();
        List<String> made = tasks.subList(tasks.size() - archives, tasks.size()).stream()
                .map(task -> sha256(notion().archive(task).orElseThrow()))
                .toList();
        return made.equals(job.archives().stream().map(ExportRig::sha256).toList()) && made.equals(job.sha256());
    }

    static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | java.security.NoSuchAlgorithmException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** The requests that brought a cookie to a host that it is not for. */
    List<Seen> leaks() {
        return notion().seen().stream()
                .filter(seen -> (seen.host() == ExportHost.FOREIGN
                                && !seen.cookies().isEmpty())
                        || (seen.host() == ExportHost.FILES && seen.cookies().containsKey("token_v2"))
                        || (seen.host() != ExportHost.FILES && seen.cookies().containsKey("file_token")))
                .toList();
    }

    @Override
    public void close() {
        if (context != null) {
            context.stop();
        }
    }
}
