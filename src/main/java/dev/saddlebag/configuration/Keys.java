package dev.saddlebag.configuration;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Every setting that Saddlebag knows. What is not here, and looks like one of ours, is a mistake. */
public final class Keys {
    private static final int ANY = Integer.MAX_VALUE;

    static final String WORKSPACE = "saddlebag.workspace.";
    static final String DESTINATION = "saddlebag.destination.";
    static final String CHANNEL = "saddlebag.channel.";

    static final Key<URI> API_BASE_URL = new Key<>(
            "notion.api.base-url",
            "Where Notion's REST API is.",
            "https://api.notion.com",
            false,
            "https://api.notion.com",
            Types.webAddress());
    static final Key<Integer> API_WINDOW = new Key<>(
            "notion.api.window-seconds",
            "The length of the window in which Notion counts requests, in seconds.",
            "60",
            false,
            "60",
            Types.wholeNumber(1, 3_600));
    static final Key<List<URI>> EXPORT_BASE_URLS = new Key<>(
            "notion.export.base-urls",
            "Where Notion's own export is asked for, tried in this order.",
            "https://app.notion.com,https://www.notion.so",
            false,
            "https://www.notion.so",
            Types.listOf(Types.webAddress()));
    static final Key<List<String>> EXPORT_FILE_HOSTS = new Key<>(
            "notion.export.file-hosts",
            "The only hosts that may receive the cookie file_token.",
            "file.notion.so,file.notion.com",
            false,
            "file.notion.so",
            Types.listOf(Types.host()));
    static final Key<URI> EXPORT_ADMIN_URL = new Key<>(
            "notion.export.admin-url",
            "Where Notion's Admin API is, which organisations on the plan Enterprise can export with.",
            "https://api.notion.com/admin",
            false,
            "https://api.notion.com/admin",
            Types.webAddress());
    static final Key<String> EXPORT_ADMIN_START_PATH = new Key<>(
            "notion.export.admin-start-path",
            "The path of the Admin API that starts an export; {space} in it becomes the id of the workspace.",
            "/v1/exports",
            false,
            "/v1/spaces/{space}/exports",
            Types.TEXT);
    static final Key<Duration> EXPORT_POLL_INTERVAL = new Key<>(
            "notion.export.poll-interval",
            "How long to wait at first before Notion is asked again how far an export is; it grows to twelve times that.",
            "5s",
            false,
            "10s",
            Types.duration());
    static final Key<Path> STATE_DIRECTORY = new Key<>(
            "saddlebag.state-directory",
            "The folder for work in progress, ledgers and held runs.",
            "data/state",
            false,
            "/var/lib/saddlebag",
            Types.path());
    static final Key<Path> ROUTES_DIRECTORY = new Key<>(
            "saddlebag.routes-directory",
            "The folder of the routes; its folders destinations and channels have the kinds of those.",
            "routes",
            false,
            "/etc/saddlebag/routes",
            Types.path());
    static final Key<Integer> API_RETRY_DELAY = new Key<>(
            "notion.api.retry-delay",
            "How long the first repetition waits, in milliseconds; each further one waits twice as long, 60 seconds at most.",
            "1000",
            false,
            "1000",
            Types.wholeNumber(1, 60_000));
    static final Key<Integer> REPORT_RETRY_DELAY = new Key<>(
            "saddlebag.report.retry-delay",
            "How long the first repetition waits when a message or heartbeat fails, in milliseconds; the second, twice as long.",
            "2000",
            false,
            "2000",
            Types.wholeNumber(1, 60_000));
    static final Key<Integer> SIMULATOR_PAGES = new Key<>(
            "notion.simulator.pages",
            "With a number above 0, a built-in Notion with that many sample pages answers at notion.api.base-url.",
            "0",
            false,
            "240",
            Types.wholeNumber(0, 100_000));
    static final Key<Integer> SIMULATOR_SEED = new Key<>(
            "notion.simulator.seed",
            "Which sample content the built-in Notion has: the same number, the same content.",
            "1",
            false,
            "1",
            Types.wholeNumber(0, Integer.MAX_VALUE));
    static final Key<List<String>> WORKSPACES = new Key<>(
            "saddlebag.workspaces",
            "The names of the workspaces to back up; at least one.",
            "",
            false,
            "acme, lab",
            Types.listOf(Types.name()));

    static final Key<List<Source>> SOURCE = workspace(
            "source",
            "How the workspace is collected: api, export, or both, the second for when the first fails.",
            "api",
            "export,api",
            Types.listOf(Types.oneOf(Source.class)));
    static final Key<Secret> TOKEN = workspaceSecret(
            "token", "The token of the Notion integration; needed for the source api.", "{{env:NOTION_TOKEN}}");
    static final Key<Secret> TOKEN_V2 = workspaceSecret(
            "token-v2", "The cookie token_v2 of a member; needed for the source export.", "{{env:NOTION_TOKEN_V2}}");
    static final Key<Secret> FILE_TOKEN = workspaceSecret(
            "file-token",
            "The cookie file_token, where Saddlebag cannot fetch one itself.",
            "{{env:NOTION_FILE_TOKEN}}");
    static final Key<String> SPACE_ID = workspace(
            "space-id",
            "The id of the workspace to export, when the cookie opens several.",
            "",
            "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
            Types.notionId());
    static final Key<String> SCHEDULE = workspace(
            "schedule",
            "When the nightly run starts: a cron expression with the seconds first.",
            "0 0 2 * * ?",
            "0 30 1 * * ?",
            Types.cron());
    static final Key<String> SWEEP_SCHEDULE = workspace(
            "sweep-schedule",
            "When everything is read again: a cron expression with the seconds first.",
            "0 0 4 ? * SUN",
            "0 0 3 ? * SAT",
            Types.cron());
    static final Key<String> QUICK_SCHEDULE = workspace(
            "quick-schedule",
            "When search alone is asked what changed: a cron expression with the seconds first; without it, never.",
            "",
            "0 0/10 * * * ?",
            Types.cron());
    static final Key<ZoneId> TIME_ZONE = workspace(
            "time-zone",
            "The time zone of the schedules; without it, the machine's.",
            "",
            "Europe/Vienna",
            Types.timeZone());
    static final Key<Depth> DEPTH = workspace(
            "depth",
            "How much the nightly run reads again: sweep, changed or quick.",
            "changed",
            "sweep",
            Types.oneOf(Depth.class));
    static final Key<Comments> COMMENTS = workspace(
            "comments",
            "Which comments are collected: page, block (one request a block) or none.",
            "page",
            "block",
            Types.oneOf(Comments.class));
    static final Key<Boolean> PAGE_MARKDOWN = workspace(
            "page-markdown",
            "Whether Notion's own Markdown of each page is kept too: true or false. It costs one request a page.",
            "false",
            "true",
            Types.yesOrNo());
    static final Key<ExternalMedia> EXTERNAL_MEDIA = workspace(
            "external-media",
            "Media outside Notion: none, public (fetched from hosts on the internet) or any (from your network too).",
            "none",
            "public",
            Types.oneOf(ExternalMedia.class));
    static final Key<List<String>> FORMATS = workspace(
            "formats",
            "The forms of the readable files in each snapshot: markdown, csv, or none; also beans of your own.",
            "markdown, csv",
            "markdown",
            Types.listOf(Types.name()));
    static final Key<Boolean> BACKLINKS = workspace(
            "backlinks",
            "Whether the Markdown of each page ends with what links to it: true or false. Then a new link changes both pages.",
            "false",
            "true",
            Types.yesOrNo());
    static final Key<OptionalInt> REQUESTS_PER_MINUTE = workspace(
            "requests-per-minute",
            "The request budget of the token: a number, or auto to learn it.",
            "180",
            "auto",
            Types.numberOrAuto(1, 100_000));
    static final Key<List<String>> DESTINATIONS = workspace(
            "destinations",
            "The destinations that receive each snapshot; at least one.",
            "",
            "vault, offsite",
            Types.listOf(Types.name()));
    static final Key<Integer> KEEP_LAST = workspace(
            "keep-last",
            "How many of the newest snapshots a prune keeps, at least 3.",
            "3",
            "10",
            Types.wholeNumber(3, 100_000));
    static final Key<Duration> KEEP_WITHIN =
            workspace("keep-within", "How long a prune keeps every complete snapshot.", "14d", "30d", Types.duration());
    static final Key<Integer> KEEP_DAILY = keep("daily", "days", "7", "14");
    static final Key<Integer> KEEP_WEEKLY = keep("weekly", "weeks", "5", "8");
    static final Key<Integer> KEEP_MONTHLY = keep("monthly", "months", "12", "24");
    static final Key<Integer> KEEP_YEARLY = keep("yearly", "years", "3", "10");
    static final Key<String> PRUNE_SCHEDULE = workspace(
            "prune-schedule",
            "When the daemon prunes: a cron expression with the seconds first; without it, never.",
            "",
            "0 0 12 ? * SUN",
            Types.cron());
    static final Key<String> VERIFY_SCHEDULE = workspace(
            "verify-schedule",
            "When the daemon verifies each destination: a cron expression with the seconds first.",
            "0 0 6 * * ?",
            "0 30 5 * * ?",
            Types.cron());
    static final Key<Integer> VERIFY_DAYS = workspace(
            "verify-days",
            "Within how many days each stored file is read and compared; 0 reads none and verifies by listings only.",
            "30",
            "90",
            Types.wholeNumber(0, 3_650));
    static final Key<List<String>> RECIPIENTS = workspace(
            "recipients",
            "The public keys of age that can read the snapshots: two or more, age1…; without them nothing is encrypted.",
            "",
            "age1m3ufsquz6alteaujew3gltmsqz30a5963ftjaw3wfkz3rffx5qgszadqah, "
                    + "age1kwstakpkwd922pq7qty69t0a377mu5lhqqmd4nz72uvw236yafnqdrs8yt",
            Types.listOf(Types.recipient()));
    static final Key<Boolean> ALLOW_SINGLE_RECIPIENT = workspace(
            "encryption.allow-single-recipient",
            "Whether one recipient is enough, whose loss is the loss of every snapshot: true or false.",
            "false",
            "true",
            Types.yesOrNo());
    static final Key<List<Path>> IDENTITIES = workspace(
            "identities",
            "The files of secret keys that ls, cat, export, verify and keys check read with; a backup needs none.",
            "",
            "/media/keys/ops-key.txt",
            Types.listOf(Types.path()));
    static final Key<Duration> ALARM_AFTER = workspace(
            "alarm-after",
            "The time without an accepted snapshot after which the alarm goes out.",
            "36h",
            "2d",
            Types.duration());
    static final Key<List<String>> CHANNELS = workspace(
            "channels",
            "The channels that tell what became of runs; without any, only the log does.",
            "",
            "ops-mail, chat",
            Types.listOf(Types.name()));
    static final Key<Secret> HEARTBEAT_URL = workspaceSecret(
            "heartbeat-url",
            "The web address that is called after each accepted run, for a watchman outside.",
            "{{env:HEARTBEAT_URL}}",
            Types.secretWebAddress());

    static final Key<ExportProvider> EXPORT_PROVIDER = workspace(
            "export.provider",
            "Who exports: web (with the cookie of a member) or admin (Notion's Admin API, on the plan Enterprise).",
            "web",
            "admin",
            Types.oneOf(ExportProvider.class));
    static final Key<Secret> EXPORT_ADMIN_TOKEN = workspaceSecret(
            "export.admin-token",
            "The token of an organisation bot; needed for the provider admin.",
            "{{env:NOTION_ADMIN_TOKEN}}");
    static final Key<String> EXPORT_ON_BEHALF_OF = workspace(
            "export.on-behalf-of",
            "The e-mail address of the member whose view is exported; needed for the provider admin.",
            "",
            "backup@example.com",
            Types.TEXT);
    static final Key<String> EXPORT_EVENT_NAME = workspace(
            "export.event-name",
            "What Notion's web application calls the task that exports a workspace.",
            "exportSpace",
            "exportSpace",
            Types.TEXT);
    static final Key<ExportFormat> EXPORT_FORMAT = workspace(
            "export.format",
            "What Notion writes pages as: markdown (with CSV) or html.",
            "markdown",
            "html",
            Types.oneOf(ExportFormat.class));
    static final Key<Boolean> EXPORT_COMMENTS = workspace(
            "export.comments",
            "Whether comments are asked for, which only the format html shows: true or false.",
            "true",
            "false",
            Types.yesOrNo());
    static final Key<Boolean> EXPORT_FILES = workspace(
            "export.files",
            "Whether files and pictures are exported too: true or false.",
            "true",
            "false",
            Types.yesOrNo());
    static final Key<Boolean> EXPORT_FLAT = workspace(
            "export.flat",
            "Whether all pages come in one folder, which keeps paths short: true or false.",
            "false",
            "true",
            Types.yesOrNo());
    static final Key<Boolean> EXPORT_INDEX_STRICT = workspace(
            "export.index-strict",
            "Whether a page that index.html names and the export lacks holds the snapshot back, or only warns: true or false.",
            "true",
            "false",
            Types.yesOrNo());
    static final Key<ZoneId> EXPORT_TIME_ZONE = workspace(
            "export.time-zone",
            "The time zone in which dates are written; with another one, every date would look changed.",
            "UTC",
            "Europe/Vienna",
            Types.timeZone());
    static final Key<String> EXPORT_LOCALE =
            workspace("export.locale", "The language in which Notion words dates.", "en", "de", Types.name());
    static final Key<List<String>> EXPORT_PAGES = workspace(
            "export.pages",
            "The ids of the top pages that are exported one by one when the whole workspace can't be; without it, all.",
            "",
            "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
            Types.listOf(Types.notionId()));
    static final Key<Integer> EXPORT_ATTEMPTS = workspace(
            "export.attempts",
            "How many times an export is asked for when Notion gives it up and says that it may be repeated.",
            "3",
            "5",
            Types.wholeNumber(1, 100));
    static final Key<Duration> EXPORT_TIMEOUT = workspace(
            "export.timeout",
            "How long an export may take; Notion speaks of up to 30 hours for large workspaces.",
            "36h",
            "2d",
            Types.duration());
    static final Key<Duration> EXPORT_LINK_GRACE = workspace(
            "export.link-grace",
            "How long to wait for the link after Notion has called an export a success.",
            "45m",
            "2h",
            Types.duration());
    static final Key<Path> DROP_DIRECTORY = workspace(
            "drop-directory",
            "A folder in which people put exports that they fetched by hand; the daemon takes them from there.",
            "",
            "/srv/notion-drop/acme",
            Types.path());

    /** The rules of the quality gate; the last part of the key is the name of the rule. */
    static final List<Key<BigDecimal>> GATE = List.of(
            gate("minimum-pages", "Hold a snapshot with fewer pages.", "1", ANY),
            gate("minimum-databases", "Hold a snapshot with fewer databases.", "0", ANY),
            gate(
                    "maximum-drop-percent",
                    "Hold a snapshot that lost a larger share: of all, of one database, of one page at the top or of one kind"
                            + " of file. A database that is gone with its rows is a share of 100.",
                    "20",
                    100),
            gate(
                    "maximum-emptied-percent",
                    "Hold a snapshot in which a larger share of the pages that had content have none any more.",
                    "10",
                    100),
            gate(
                    "maximum-changed-percent",
                    "Hold a snapshot in which a larger share of the pages was edited; not applied below 20 pages.",
                    "50",
                    100),
            gate("maximum-gaps", "Hold a snapshot that lacks more objects or files that should be in it.", "25", ANY),
            gate(
                    "maximum-dead-link-increase",
                    "Hold a snapshot of Notion's export with more new dead links of one sort than this, beside the one before.",
                    "50",
                    ANY),
            gate(
                    "small-drop",
                    "So many rows, pages or files may go from one place with a warning only, whatever share they are.",
                    "5",
                    ANY),
            gate(
                    "keep-held",
                    "How many held runs are kept for gate accept, at least 1; older ones are deleted.",
                    "3",
                    1_000));

    static final Key<String> KIND = new Key<>(
            "saddlebag.destination.<name>.kind",
            "The kind of the destination: the name of a Kamelet in routes/destinations.",
            "",
            false,
            "folder",
            Types.name());
    static final Key<String> PRUNE_WITH = new Key<>(
            "saddlebag.destination.<name>.prune-with",
            "Another destination, the same place with other credentials, by which prune, undelete and repair delete.",
            "",
            false,
            "offsite-janitor",
            Types.name());
    static final Key<Boolean> READ_BACK = new Key<>(
            "saddlebag.destination.<name>.read-back",
            "Whether each file is read back and compared after it was written; false trusts the destination's word.",
            "true",
            false,
            "false",
            Types.yesOrNo());
    static final Key<Boolean> ELSEWHERE = new Key<>(
            "saddlebag.destination.<name>.elsewhere",
            "Whether it lies outside the building, for the 3-2-1 rule; without it, as its kind says: s3 and sftp do.",
            "",
            false,
            "false",
            Types.yesOrNo());
    static final Key<String> OPTION = new Key<>(
            "saddlebag.destination.<name>.<option>",
            "The options of that kind, as its Kamelet describes them.",
            "",
            false,
            "data/vault",
            Types.TEXT);

    static final Key<String> CHANNEL_KIND = new Key<>(
            "saddlebag.channel.<name>.kind",
            "The kind of the channel: the name of a Kamelet in routes/channels.",
            "",
            false,
            "email",
            Types.name());
    static final Key<Occasion> ON = new Key<>(
            "saddlebag.channel.<name>.on",
            "What it brings: problems and their end, or all, which adds each complete snapshot.",
            "problems",
            false,
            "all",
            Types.oneOf(Occasion.class));
    static final Key<Duration> KEEP_TRYING = new Key<>(
            "saddlebag.channel.<name>.keep-trying",
            "For how long a message that cannot be sent is tried again, with pauses that grow to six hours.",
            "7d",
            false,
            "2d",
            Types.duration());
    static final Key<String> CHANNEL_OPTION = new Key<>(
            "saddlebag.channel.<name>.<option>",
            "The options of that kind, as its Kamelet describes them.",
            "",
            false,
            "smtp.example.org",
            Types.TEXT);

    private static final List<Key<?>> OF_ALL = List.of(
            API_BASE_URL,
            API_WINDOW,
            API_RETRY_DELAY,
            EXPORT_BASE_URLS,
            EXPORT_FILE_HOSTS,
            EXPORT_ADMIN_URL,
            EXPORT_ADMIN_START_PATH,
            EXPORT_POLL_INTERVAL,
            STATE_DIRECTORY,
            ROUTES_DIRECTORY,
            REPORT_RETRY_DELAY,
            SIMULATOR_PAGES,
            SIMULATOR_SEED,
            WORKSPACES);
    private static final List<Key<?>> OF_WORKSPACE = Stream.concat(
                    Stream.of(
                            SOURCE,
                            TOKEN,
                            TOKEN_V2,
                            FILE_TOKEN,
                            SPACE_ID,
                            SCHEDULE,
                            SWEEP_SCHEDULE,
                            QUICK_SCHEDULE,
                            TIME_ZONE,
                            DEPTH,
                            COMMENTS,
                            PAGE_MARKDOWN,
                            EXTERNAL_MEDIA,
                            FORMATS,
                            BACKLINKS,
                            REQUESTS_PER_MINUTE,
                            DESTINATIONS,
                            KEEP_LAST,
                            KEEP_WITHIN,
                            KEEP_DAILY,
                            KEEP_WEEKLY,
                            KEEP_MONTHLY,
                            KEEP_YEARLY,
                            PRUNE_SCHEDULE,
                            VERIFY_SCHEDULE,
                            VERIFY_DAYS,
                            RECIPIENTS,
                            ALLOW_SINGLE_RECIPIENT,
                            IDENTITIES,
                            ALARM_AFTER,
                            CHANNELS,
                            HEARTBEAT_URL,
                            EXPORT_PROVIDER,
                            EXPORT_ADMIN_TOKEN,
                            EXPORT_ON_BEHALF_OF,
                            EXPORT_EVENT_NAME,
                            EXPORT_FORMAT,
                            EXPORT_COMMENTS,
                            EXPORT_FILES,
                            EXPORT_FLAT,
                            EXPORT_INDEX_STRICT,
                            EXPORT_TIME_ZONE,
                            EXPORT_LOCALE,
                            EXPORT_PAGES,
                            EXPORT_ATTEMPTS,
                            EXPORT_TIMEOUT,
                            EXPORT_LINK_GRACE,
                            DROP_DIRECTORY),
                    GATE.stream())
            .toList();

    private Keys() {}

    /** Every key, in the order in which a person would set them. */
    public static List<Key<?>> all() {
        return Stream.of(
                        OF_ALL,
                        OF_WORKSPACE,
                        List.of(
                                KIND,
                                PRUNE_WITH,
                                READ_BACK,
                                ELSEWHERE,
                                OPTION,
                                CHANNEL_KIND,
                                ON,
                                KEEP_TRYING,
                                CHANNEL_OPTION))
                .<Key<?>>flatMap(List::stream)
                .toList();
    }

    /** The keys without a name in them. */
    static List<Key<?>> ofAll() {
        return OF_ALL;
    }

    /** The keys that each workspace has. */
    static List<Key<?>> ofWorkspace() {
        return OF_WORKSPACE;
    }

    /** Whether {@code key} is for us to judge; all others belong to Camel or to the routes. */
    static boolean isOurs(String key) {
        return key.startsWith("saddlebag.") || key.startsWith("notion.");
    }

    private static <T> Key<T> workspace(
            String last, String meaning, String defaultValue, String example, Key.ValueType<T> type) {
        return new Key<>(WORKSPACE + Key.NAME + "." + last, meaning, defaultValue, false, example, type);
    }

    private static Key<Secret> workspaceSecret(String last, String meaning, String example) {
        return workspaceSecret(last, meaning, example, Types.SECRET);
    }

    private static Key<Secret> workspaceSecret(
            String last, String meaning, String example, Key.ValueType<Secret> type) {
        return new Key<>(WORKSPACE + Key.NAME + "." + last, meaning, "", true, example, type);
    }

    private static Key<Integer> keep(String rule, String periods, String defaultValue, String example) {
        return workspace(
                "keep-" + rule,
                "For how many " + periods + " a prune keeps the last complete snapshot of each.",
                defaultValue,
                example,
                Types.wholeNumber(0, 100_000));
    }

    private static Key<BigDecimal> gate(String rule, String meaning, String defaultValue, int most) {
        return workspace("gate." + rule, meaning, defaultValue, defaultValue, Types.number(0, most));
    }
}
