package dev.saddlebag.simulator;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The native export of the simulated Notion: the internal API, the Admin API and the hosts of the downloads, how they
 * behave and what they were asked. Everything is well at first. The hosts besides the simulator's own address answer from
 * the first question for an address on. Safe for use by many threads.
 */
public final class Exports {
    /**
     * A request that one of the hosts got.
     *
     * @param call the name of the endpoint, such as {@code enqueueTask}, {@code download} or {@code admin-start}
     * @param target path and query, not decoded
     * @param headers by their names in lower case
     * @param status what was answered; 0 when the connection was reset
     */
    public record Seen(
            ExportHost host,
            String call,
            String method,
            String target,
            Map<String, String> headers,
            String body,
            int status) {
        /** The cookies that came with it, as they were sent. */
        public Map<String, String> cookies() {
            return Cookies.of(headers.getOrDefault("cookie", ""));
        }
    }

    /** Where the Admin API takes new exports; sources disagree (facts/notion-export.md §1.9). */
    public enum AdminStart {
        /** {@code POST /v1/exports}, with the workspace in the body. */
        EXPORTS,
        /** {@code POST /v1/spaces/{space_id}/exports}. */
        EXPORTS_OF_SPACE
    }

    private static final class Rule {
        private final String call;
        private final ExportRefusal refusal;
        private int spared;
        private int left;

        private Rule(String call, ExportRefusal refusal, int spared, int times) {
            this.call = call;
            this.refusal = refusal;
            this.spared = spared;
            this.left = times;
        }

        private boolean applies(String toCall) {
            return left > 0 && call.equals(toCall) && spared-- <= 0;
        }
    }

    private static final String ADMIN = "/admin/v1/";
    private static final String INTERNAL = "/api/v3/";

    private final String ownUrl;
    private final Content content;
    private final Clock clock;
    private final Map<ExportHost, Listener> listeners = new EnumMap<>(ExportHost.class);
    private final List<Rule> rules = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private final ExportTasks tasks;
    private final InternalApi internal;
    private final DownloadHost downloads;
    private final AdminApi admin;
    private ExportLife life = ExportLife.standard();
    private ExportDownload download = ExportDownload.standard();
    private ExportForm form = ExportForm.standard();
    private AdminStart adminStart = AdminStart.EXPORTS;
    private String tokenV2;
    private boolean oneAddress;
    private int cutsLeft;

    Exports(String ownUrl, Content content, Clock clock) {
        this.ownUrl = ownUrl;
        this.content = content;
        this.clock = clock;
        this.tokenV2 = token(content);
        this.tasks = new ExportTasks(this, content, clock);
        this.internal = new InternalApi(this, tasks, content);
        this.downloads = new DownloadHost(this, tasks, clock);
        this.admin = new AdminApi(this, tasks, clock);
    }

    /** Whether a path at the simulator's own address belongs to the native export. */
    static boolean serves(String path) {
        return path.startsWith(INTERNAL) || path.startsWith(ADMIN) || DownloadHost.isLink(path);
    }

    /** Where a host answers, without a slash at the end. */
    public URI url(ExportHost host) {
        return URI.create(address(host));
    }

    /** Where the internal API answers: at the old host and at the new one, each without {@code /api/v3}. */
    public List<URI> apiUrls() {
        return List.of(url(ExportHost.OLD_WEB_APP), url(ExportHost.WEB_APP));
    }

    synchronized String address(ExportHost host) {
        if (host == ExportHost.OLD_WEB_APP || (oneAddress && host != ExportHost.FOREIGN)) {
            return ownUrl;
        }
        return listeners
                .computeIfAbsent(
                        host,
                        wanted -> Listener.on(0).start((connection, request) -> serve(wanted, connection, request)))
                .url();
    }

    /** Where the Admin API answers, without {@code /v1}. */
    public URI adminUrl() {
        return URI.create(ownUrl + "/admin");
    }

    /** The token that the Admin API accepts. */
    public String adminToken() {
        return "adm_" + content.ids().of(Kind.AGENT, 0, 1).replace("-", "");
    }

    public synchronized AdminStart adminStart() {
        return adminStart;
    }

    /** Where the Admin API takes new exports from now on. */
    public synchronized Exports adminStart(AdminStart start) {
        adminStart = start;
        return this;
    }

    /** All of Notion's hosts are at the simulator's own address from now on, which can be known beforehand. */
    public synchronized Exports atOneAddress() {
        oneAddress = true;
        return this;
    }

    /** Makes another value of the cookie {@code token_v2} the one that is accepted. */
    public synchronized Exports acceptTokenV2(String token) {
        tokenV2 = token;
        return this;
    }

    /** The value of the cookie {@code token_v2} that is accepted, as a browser shows it. */
    public synchronized String tokenV2() {
        return tokenV2;
    }

    private static String token(Content content) {
        return "v02%3Auser_token_or_cookies%3A"
                + content.ids().of(Kind.USER, 0, 1).replace("-", "");
    }

    /** The value of the cookie {@code file_token} that the host of files accepts. */
    public String fileToken() {
        return "v02%3Afile_token%3A" + content.ids().of(Kind.USER, 0, 2).replace("-", "");
    }

    /** The id of the workspace, with dashes. */
    public String spaceId() {
        return content.ids().of(Ref.workspace());
    }

    /** Plays a scenario of facts/notion-export.md §3.5 from now on, in place of what was set before. */
    public synchronized void play(ExportScenario scenario) {
        behaveWell();
        scenario.stage(this);
    }

    /** Back to an export without trouble; what was asked and which tasks there are is kept. */
    public synchronized void behaveWell() {
        rules.clear();
        life = ExportLife.standard();
        download(ExportDownload.standard());
        form = ExportForm.standard();
    }

    public synchronized ExportLife life() {
        return life;
    }

    /** How tasks live that are made from now on; what belongs to the account changes at once. */
    public synchronized Exports life(ExportLife newLife) {
        life = newLife;
        return this;
    }

    public synchronized ExportDownload download() {
        return download;
    }

    /** How downloads go from now on. */
    public synchronized Exports download(ExportDownload newDownload) {
        download = newDownload;
        cutsLeft = newDownload.cuts();
        return this;
    }

    public synchronized ExportForm form() {
        return form;
    }

    /** What archives are like of tasks that are made from now on. */
    public synchronized Exports form(ExportForm newForm) {
        form = newForm;
        return this;
    }

    /**
     * The next {@code times} requests of one kind are refused.
     *
     * @param call as {@link Seen#call()} names it
     */
    public synchronized Exports refuse(String call, ExportRefusal refusal, int times) {
        return refuseAfter(0, call, refusal, times);
    }

    /** As {@link #refuse}, after {@code spared} more requests of this kind. */
    public synchronized Exports refuseAfter(int spared, String call, ExportRefusal refusal, int times) {
        rules.add(new Rule(call, refusal, spared, times));
        return this;
    }

    /** Everything that any of the hosts was asked, in the order of the answers. */
    public synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** How often a kind of request was made. */
    public long count(String call) {
        return seen().stream().filter(one -> one.call().equals(call)).count();
    }

    /** The ids of the tasks that were made for clients, in order. */
    public List<String> taskIds() {
        return tasks.ids();
    }

    /** The archive that a task made, or nothing as long as it is not made. */
    public Optional<Path> archive(String taskId) {
        return tasks.find(taskId)
                .flatMap(ExportTask::made)
                .map(made -> made.files().get(0));
    }

    /** The pages and databases that an export of the whole workspace made now would hold, with their paths; lazy. */
    public Stream<ExportTree.Node> contents() {
        return new ExportTree(content, clock, form(), ExportRequest.workspace("markdown")).all();
    }

    String link(ExportTask task) {
        return downloads.link(task);
    }

    List<String> links(ExportTask task) {
        return downloads.links(task);
    }

    void serve(HttpConnection connection, HttpRequest request) throws IOException {
        boolean file = DownloadHost.isLink(request.path());
        serve(file ? ExportHost.FILES : ExportHost.OLD_WEB_APP, connection, request);
    }

    private void serve(ExportHost host, HttpConnection connection, HttpRequest request) throws IOException {
        String call = call(host, request);
        Optional<ExportRefusal> refusal = refusal(call);
        Optional<HttpReply> reply =
                refusal.isEmpty() || refusal.get().carriesOut() ? Optional.of(answer(host, request)) : Optional.empty();
        if (refusal.isPresent()) {
            reply = refusal.get().reply(clock.instant());
        }
        reply = reply.map(answer -> answer.with("Date", Times.header(clock.instant())));
        synchronized (this) {
            seen.add(new Seen(
                    host,
                    call,
                    request.method(),
                    request.target(),
                    Map.copyOf(request.headers()),
                    request.body(),
                    reply.map(HttpReply::status).orElse(0)));
        }
        if (reply.isEmpty()) {
            connection.reset();
        } else {
            send(connection, request, reply.get(), call.equals("download"));
        }
    }

    private void send(HttpConnection connection, HttpRequest request, HttpReply reply, boolean file)
            throws IOException {
        boolean archive = file && reply.status() / 100 == 2;
        boolean announced = !archive || download().length();
        if (archive && cuts()) {
            if (announced) {
                connection.sendShort(reply);
            } else {
                connection.sendCutChunks(reply);
            }
        } else if (announced) {
            connection.send(reply, !request.method().equals("HEAD"));
        } else {
            connection.sendChunked(reply);
        }
    }

    private synchronized boolean cuts() {
        return cutsLeft > 0 && cutsLeft-- > 0;
    }

    private static String call(ExportHost host, HttpRequest request) {
        if (host == ExportHost.FILES || host == ExportHost.FOREIGN) {
            return DownloadHost.isLink(request.path()) ? "download" : "other";
        }
        if (request.path().startsWith(ADMIN)) {
            return AdminApi.call(request);
        }
        return request.path().startsWith(INTERNAL) ? request.path().substring(INTERNAL.length()) : "other";
    }

    private synchronized Optional<ExportRefusal> refusal(String call) {
        for (Rule rule : rules) {
            if (rule.applies(call)) {
                rule.left--;
                return Optional.of(rule.refusal);
            }
        }
        return Optional.empty();
    }

    private HttpReply answer(ExportHost host, HttpRequest request) throws IOException {
        return switch (host) {
            case OLD_WEB_APP, WEB_APP ->
                request.path().startsWith(ADMIN) ? admin.answer(request) : internal.answer(host, request);
            case FILES, FOREIGN -> downloads.answer(host, request);
        };
    }

    void close() {
        List<Listener> open;
        synchronized (this) {
            open = List.copyOf(listeners.values());
        }
        open.forEach(Listener::close);
        tasks.close();
    }

    /** The cookies of a request. */
    static final class Cookies {
        private Cookies() {}

        static Map<String, String> of(String header) {
            Map<String, String> cookies = new LinkedHashMap<>();
            for (String pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    cookies.put(
                            pair.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                            pair.substring(equals + 1).strip());
                }
            }
            return cookies;
        }
    }
}
