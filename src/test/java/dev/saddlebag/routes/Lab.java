package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.ExportHost;
import dev.saddlebag.simulator.Faults;
import dev.saddlebag.simulator.NotionSimulator;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.vault.Progress;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A workspace in a simulated Notion, the real routes, and a vault in a folder: what the tests of whole runs work on. */
final class Lab implements AutoCloseable {
    static final String TOKEN = "ntn_secret-of-the-tests";
    static final String WORKSPACE = "acme";

    private final Path folder;
    private final NotionSimulator notion;
    private final Map<String, String> overrides = new TreeMap<>();
    private Flow flow;

    Lab(Path folder, SampleWorkspace workspace, Behaviour behaviour) throws IOException {
        this.folder = folder;
        this.notion = NotionSimulator.start(workspace, behaviour.withToken(TOKEN));
        Files.createDirectories(folder);
        Files.writeString(configuration(), """
                notion.api.base-url = %s
                notion.api.retry-delay = 1
                saddlebag.routes-directory = %s
                saddlebag.state-directory = state
                saddlebag.workspaces = acme
                saddlebag.workspace.acme.token = {{env:NOTION_TOKEN}}
                saddlebag.workspace.acme.requests-per-minute = 100000
                saddlebag.workspace.acme.formats = none
                saddlebag.workspace.acme.destinations = vault
                saddlebag.destination.vault.kind = folder
                saddlebag.destination.vault.directory = vault
                """.formatted(
                        notion.baseUrl(), Path.of("routes").toAbsolutePath()));
    }

    NotionSimulator notion() {
        return notion;
    }

    Path configuration() {
        return folder.resolve("application.properties");
    }

    Path state() {
        return folder.resolve("state");
    }

    Map<String, String> environment() {
        return Map.of("NOTION_TOKEN", TOKEN, "NOTION_TOKEN_V2", notion.exports().tokenV2());
    }

    /** Sets a property; to be called before the first backup. */
    Lab with(String key, String value) {
        overrides.put(key, value);
        return this;
    }

    /**
     * Writes readable files, as runs do unless told otherwise. Most tests are not about them and do without: they took a third
     * of the time.
     */
    Lab readable() {
        return with("saddlebag.workspace.acme.formats", "markdown, csv");
    }

    /** Collects from {@code sources}, the native export among them, with short waits. */
    Lab exporting(String sources) {
        dev.saddlebag.simulator.Exports exports = notion.exports();
        String hosts = exports.apiUrls().stream().map(Object::toString).collect(Collectors.joining(","));
        return with("notion.export.base-urls", hosts)
                .with("notion.export.file-hosts", exports.url(ExportHost.FILES).getAuthority())
                .with("notion.export.poll-interval", "PT0.01S")
                .with("saddlebag.workspace.acme.source", sources)
                .with("saddlebag.workspace.acme.token-v2", "{{env:NOTION_TOKEN_V2}}");
    }

    /** Delivers to a second destination too, which is called {@code far}. */
    Lab withFar(String kind, Map<String, String> options) {
        with("saddlebag.workspace.acme.destinations", "vault, far").with("saddlebag.destination.far.kind", kind);
        options.forEach((option, value) -> with("saddlebag.destination.far." + option, value));
        return this;
    }

    Map<String, String> overrides() {
        return overrides;
    }

    Flow flow() throws Exception {
        if (flow == null) {
            Settings settings = Settings.load(configuration(), environment(), overrides);
            flow = Flow.start(settings, configuration(), overrides, Flow.Timers.OFF);
        }
        return flow;
    }

    RunSummary backup() throws Exception {
        return flow().backup(WORKSPACE);
    }

    /** A backup to a depth, in a word. */
    RunSummary backup(String depth) throws Exception {
        return flow().backup(WORKSPACE, Optional.of(Depth.of(depth)));
    }

    /** A backup that breaks off: its token is refused from its {@code nth} request of a kind on. Then it is good again. */
    void breakOff(Predicate<Faults.Call> which, int nth) throws Exception {
        AtomicInteger left = new AtomicInteger(nth);
        notion.onRequest(
                call -> which.test(call) && left.decrementAndGet() == 0,
                () -> notion.faults().killToken(true));
        assertThat(backup().outcome()).isEqualTo(Outcome.REFUSED);
        notion.faults().killToken(false);
    }

    /** Where a run puts its snapshot together. */
    Path staging() {
        return state().resolve(WORKSPACE).resolve("staging");
    }

    /** Starts the routes anew with a property set. */
    void restart(String key, String value) {
        close(flow);
        flow = null;
        overrides.put(key, value);
    }

    /** Starts the routes anew, with their timers and drop folders. */
    void restartWithTimers() throws Exception {
        close(flow);
        Settings settings = Settings.load(configuration(), environment(), overrides);
        flow = Flow.start(settings, configuration(), overrides, Flow.Timers.ON);
    }

    private static void close(Flow running) {
        if (running != null) {
            running.close();
        }
    }

    Vault vault() throws Exception {
        return vault("vault");
    }

    Vault vault(String destination) throws Exception {
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        return flow().vaults().reader(flow().destinations().vault(destination, WORKSPACE), scratch);
    }

    /** The newest snapshot, written to a folder by the product's own export. */
    Path export(String name) throws Exception {
        Path target = folder.resolve(name);
        Vault vault = vault();
        vault.export(vault.find("latest"), target, entry -> true, Progress.NONE);
        return target;
    }

    @Override
    public void close() {
        close(flow);
        notion.close();
    }
}
