package dev.saddlebag.routes;

import dev.saddlebag.configuration.ChannelSettings;
import dev.saddlebag.configuration.ConfigurationException;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.DestinationSettings;
import dev.saddlebag.configuration.Mistake;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Destinations;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.export.ExportJob;
import dev.saddlebag.report.Notice;
import dev.saddlebag.report.Notices;
import dev.saddlebag.report.Outbox;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.report.Telling;
import dev.saddlebag.report.UpkeepNotices;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.upkeep.Upkeep;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.model.ModelCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes at work: a Camel context with the YAML of the routes directory and the beans that they call. */
public final class Flow implements AutoCloseable {
    /** Whether the routes run by the clock or only when asked. */
    public enum Timers {
        ON,
        OFF
    }

    private static final Logger LOG = LoggerFactory.getLogger(Flow.class);

    private static final String FROM_DROP_FOLDER = "-from-drop-folder";

    /** How many objects of a workspace are collected at a time. */
    static final int WALK_WIDTH = 16;

    /** Quartz finds schedulers by the name of their context: two with one name would share one, and end together. */
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final Main main;
    private final Beans beans;
    private final Settings settings;
    private final ProducerTemplate producer;

    private Flow(Main main, Beans beans, Settings settings) {
        this.main = main;
        this.beans = beans;
        this.settings = settings;
        this.producer = main.getCamelContext().createProducerTemplate();
    }

    /**
     * Starts the routes.
     *
     * @param configuration the properties file, from which Camel takes its own settings ({@code camel.…})
     * @param overrides settings that win over the file, Camel's own among them
     */
    public static Flow start(Settings settings, Path configuration, Map<String, String> overrides, Timers timers)
            throws Exception {
        Beans beans = new Beans(settings, Clock.systemUTC());
        Main main = prepare(settings, beans, configuration, overrides);
        main.addInitialProperty(
                "camel.main.routes-include-pattern", "file:" + settings.routesDirectory() + "/*.camel.yaml");
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport started) {
                beans.destinations().configure(started.getCamelContext());
                beans.channels().configure(started.getCamelContext());
                addTemplatedRoutes(started.getCamelContext(), settings, timers);
            }
        });
        try {
            main.start();
            List<Mistake> mistakes = new CheckFormats(settings, configuration).check(main.getCamelContext());
            if (!mistakes.isEmpty()) {
                throw new ConfigurationException(mistakes);
            }
            beans.destinations().open(main.getCamelContext());
            beans.channels().open(main.getCamelContext());
        } catch (Exception failed) {
            main.stop();
            throw failed;
        }
        return new Flow(main, beans, settings);
    }

    /** A context with everything that routes may refer to, but without routes, and not started: for checking them. */
    public static CamelContext empty(Settings settings, Path configuration, Map<String, String> overrides)
            throws Exception {
        Main main = prepare(settings, new Beans(settings, Clock.systemUTC()), configuration, overrides);
        main.addInitialProperty("camel.main.routes-collector-enabled", "false");
        main.init();
        return main.getCamelContext();
    }

    /** Makes one backup of a workspace, here and now. */
    public RunSummary backup(String workspace) throws Exception {
        return backup(workspace, Optional.empty());
    }

    /** Makes one backup of a workspace to a depth, which is that of its settings when none is given. */
    public RunSummary backup(String workspace, Optional<Depth> depth) throws Exception {
        String word = depth.map(Depth::word).orElse("");
        try {
            return producer.requestBodyAndHeader("direct:backup", workspace, "depth", word, RunSummary.class);
        } catch (CamelExecutionException wrapped) {
            throw innermost(wrapped);
        }
    }

    /**
     * Makes a snapshot of an export that a person has fetched.
     *
     * @param given the path of its file, which is only read, or the link to it
     */
    public RunSummary ingest(String workspace, String given) throws Exception {
        try {
            return producer.requestBodyAndHeader("direct:ingest", workspace, "given", given, RunSummary.class);
        } catch (CamelExecutionException wrapped) {
            throw innermost(wrapped);
        }
    }

    /**
     * Promotes and delivers a held run, because somebody has looked at it and says that it is as it should be.
     *
     * @param because why, in that person's words; may be empty
     * @throws RunRefusedException when another run goes on, the run is not held, or its snapshot no longer fits in
     */
    public RunSummary acceptHeld(String workspace, String run, String because) throws Exception {
        try {
            return producer.requestBodyAndHeaders(
                    "direct:accept-held", workspace, Map.of("run", run, "because", because), RunSummary.class);
        } catch (CamelExecutionException wrapped) {
            throw innermost(wrapped);
        }
    }

    /**
     * Says what a run of the workspace would ask of Notion, without making one. It asks search alone, and writes nothing.
     *
     * @param depth how much to read again; that of the settings when none is given
     * @throws dev.saddlebag.notion.AccessRefusedException when Notion refuses the token
     * @throws RunRefusedException when there could be no such run
     * @throws java.io.IOException when Notion cannot be asked, or the state directory cannot be read
     */
    public Forecast forecast(String workspace, Optional<Depth> depth) throws Exception {
        return new Forecasts(settings, beans.planner(), beans.runs(), producer).of(workspace, depth);
    }

    /** Lets Notion be asked outside of runs; nothing is written. */
    public Questions questions(WorkspaceSettings workspace) {
        return new Questions(producer, beans.connections().toLook(workspace));
    }

    /**
     * Asks whoever exports a workspace which one it would be, without ordering anything; nothing is written.
     *
     * @return its name and id
     * @throws dev.saddlebag.export.ExportException why there would be no export
     * @throws java.io.IOException when there is no answer
     */
    public String wouldExport(WorkspaceSettings workspace) throws Exception {
        ExportJob job = beans.exports().look(beans.runs().look(workspace));
        Exchange asked = producer.request("direct:export-ask", exchange -> {
            exchange.setVariable("job", job);
            exchange.getMessage().setBody(beans.exports().askForSpaces(job));
        });
        if (asked.getException() != null) {
            throw asked.getException();
        }
        return beans.exports().wouldExport(job);
    }

    /** The runs that are going on. */
    public Collection<Run> runsUnderway() {
        return beans.runs().underway();
    }

    /**
     * Tells a notice by the channels of its workspace.
     *
     * @return what became of it, one for each channel
     */
    public List<Telling> tell(Notice notice) {
        Object told = producer.requestBody("direct:announce", notice);
        return told instanceof List<?> list
                ? list.stream().map(Telling.class::cast).toList()
                : List.of();
    }

    /** What is to be told. */
    public Notices notices() {
        return beans.notices();
    }

    /** What is to be told of verifications and prunes. */
    public UpkeepNotices upkeepNotices() {
        return beans.upkeepNotices();
    }

    /** What could not be told. */
    public Outbox outbox() {
        return beans.outbox();
    }

    /** What this host keeps for its vaults. */
    public Vaults vaults() {
        return beans.vaults();
    }

    /** The vaults at the destinations. */
    public Destinations destinations() {
        return beans.destinations();
    }

    /** Verifies and prunes destinations. */
    public Upkeep upkeep() {
        return beans.upkeep();
    }

    /** Whether no run goes on, and nothing is verified or pruned. */
    boolean isIdle() {
        return runsUnderway().isEmpty() && !upkeep().isAtWork();
    }

    /** No further run begins by the clock. */
    void pauseTimers() throws Exception {
        for (Route timer : timers()) {
            main.getCamelContext().getRouteController().suspendRoute(timer.getRouteId());
        }
    }

    /** Runs begin by the clock again. */
    void resumeTimers() {
        try {
            for (Route timer : timers()) {
                main.getCamelContext().getRouteController().resumeRoute(timer.getRouteId());
            }
        } catch (Exception stopped) {
            throw new IllegalStateException(
                    "The timers of the old routes do not start again: restart Saddlebag", stopped);
        }
    }

    private List<Route> timers() {
        return main.getCamelContext().getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof QuartzEndpoint
                        || route.getRouteId().endsWith(FROM_DROP_FOLDER))
                .toList();
    }

    /** Stops at once, whatever is going on. */
    void breakOff() {
        main.getCamelContext().getShutdownStrategy().setTimeout(1);
        main.stop();
    }

    /** Stops the timers, lets a run that is going on come to its end, and stops the routes. */
    @Override
    public void close() {
        main.stop();
    }

    /** What went wrong itself, without what Camel says about where it was at the time. */
    private static Exception innermost(Exception wrapped) {
        Exception inner = wrapped;
        while (inner instanceof RuntimeCamelException && inner.getCause() instanceof Exception cause) {
            inner = cause;
        }
        return inner;
    }

    private static Main prepare(Settings settings, Beans beans, Path configuration, Map<String, String> overrides) {
        Main main = new Main();
        // Whoever starts the routes decides what a signal does; Camel would wait for the end of a run.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        // The plain setter would switch off Camel's own ways to name another file.
        main.setDefaultPropertyPlaceholderLocation("file:" + configuration + ";optional=true");
        CamelDefaults.properties(settings).forEach(main::addInitialProperty);
        settings.placeholders().forEach(main::addOverrideProperty);
        main.addOverrideProperty("camel.main.name", "saddlebag-" + STARTED.incrementAndGet());
        overrides.forEach((key, value) -> {
            if (key.startsWith("camel.")) {
                main.addOverrideProperty(key, value);
            }
        });
        beans.byName().forEach(main::bind);
        return main;
    }

    private static void addTemplatedRoutes(CamelContext context, Settings settings, Timers timers) {
        for (DestinationSettings destination : settings.destinations()) {
            String template = switch (destination.holds()) {
                case VAULT -> "deliver-to";
                case TREE -> "deliver-tree-to";
                case MESSAGE -> "deliver-message-to";
            };
            TemplatedRouteBuilder.builder(context, template)
                    .routeId("deliver-to-" + destination.name())
                    .parameter("destination", destination.name())
                    .add();
        }
        for (ChannelSettings channel : settings.channels()) {
            if (lacks(context, "tell", "report.camel.yaml")) {
                break;
            }
            TemplatedRouteBuilder.builder(context, "tell")
                    .routeId("tell-" + channel.name())
                    .parameter("channel", channel.name())
                    .add();
            TemplatedRouteBuilder.builder(context, "bring")
                    .routeId("bring-" + channel.name())
                    .parameter("channel", channel.name())
                    .parameter("kind", channel.kind())
                    .add();
        }
        if (timers == Timers.OFF) {
            return;
        }
        if (!settings.channels().isEmpty() && !lacks(context, "retry-on-schedule", "report.camel.yaml")) {
            TemplatedRouteBuilder.builder(context, "retry-on-schedule")
                    .routeId("retry-on-schedule")
                    .add();
        }
        for (WorkspaceSettings workspace : settings.workspaces()) {
            addTimer(context, workspace, workspace.depth(), workspace.schedule());
            boolean exports = workspace.sources().get(0) == Source.EXPORT;
            // Each export is of everything: a sweep of its own would be the same once more.
            if (workspace.depth() != Depth.SWEEP && !exports) {
                addTimer(context, workspace, Depth.SWEEP, workspace.sweepSchedule());
            }
            if (workspace.depth() != Depth.QUICK && !exports) {
                workspace.quickSchedule().ifPresent(often -> addTimer(context, workspace, Depth.QUICK, often));
            }
            addUpkeep(context, "verify", workspace, workspace.upkeep().verifySchedule());
            workspace.upkeep().pruneSchedule().ifPresent(schedule -> addUpkeep(context, "prune", workspace, schedule));
            if (!lacks(context, "watch-on-schedule", "report.camel.yaml")) {
                TemplatedRouteBuilder.builder(context, "watch-on-schedule")
                        .routeId("watch-" + workspace.name() + "-on-schedule")
                        .parameter("workspace", workspace.name())
                        .add();
            }
            TemplatedRouteBuilder.builder(context, "resume-at-start")
                    .routeId("resume-" + workspace.name() + "-at-start")
                    .parameter("workspace", workspace.name())
                    .add();
            workspace
                    .export()
                    .dropDirectory()
                    .ifPresent(directory -> TemplatedRouteBuilder.builder(context, "ingest-from-drop-folder")
                            .routeId("ingest-" + workspace.name() + FROM_DROP_FOLDER)
                            .parameter("workspace", workspace.name())
                            .parameter("directory", directory.toString())
                            .add());
        }
    }

    private static void addUpkeep(CamelContext context, String what, WorkspaceSettings workspace, String schedule) {
        if (lacks(context, what + "-on-schedule", "operate.camel.yaml")) {
            return;
        }
        TemplatedRouteBuilder.builder(context, what + "-on-schedule")
                .routeId(what + "-" + workspace.name() + "-on-schedule")
                .parameter("workspace", workspace.name())
                .parameter("schedule", schedule)
                .parameter("time-zone", workspace.timeZone().getId())
                .add();
    }

    /** Operators may have routes of an older version, which go on doing what they did. */
    private static boolean lacks(CamelContext context, String template, String file) {
        boolean lacks = ((ModelCamelContext) context).getRouteTemplateDefinition(template) == null;
        if (lacks) {
            LOG.warn(
                    "The routes have no template {}, so that nothing does it: take {} over from the routes as they are"
                            + " shipped",
                    template,
                    file);
        }
        return lacks;
    }

    private static void addTimer(CamelContext context, WorkspaceSettings workspace, Depth depth, String schedule) {
        String word = depth.word();
        TemplatedRouteBuilder.builder(context, "backup-on-schedule")
                .routeId("backup-" + workspace.name() + "-" + word + "-on-schedule")
                .parameter("workspace", workspace.name())
                .parameter("depth", word)
                .parameter("schedule", schedule)
                .parameter("time-zone", workspace.timeZone().getId())
                .add();
    }
}
