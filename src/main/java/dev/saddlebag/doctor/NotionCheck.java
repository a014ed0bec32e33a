package dev.saddlebag.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Comments;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.notion.AccessRefusedException;
import dev.saddlebag.notion.NotionException;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.notion.RateLimitedException;
import dev.saddlebag.routes.Questions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What Notion says to the token of a workspace, in four requests: who it is, what is shared with it, whether it may read
 * comments and people; and from the answers, the clock and the budget. Once Notion refuses the token, says to wait, or
 * cannot be reached, it is asked no more, and every further line says so.
 */
final class NotionCheck {
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration LARGE_SKEW = Duration.ofMinutes(5);
    private static final int FORBIDDEN = 403;
    private static final String WAIT = "Notion says to wait";

    private final WorkspaceSettings workspace;
    private final Questions notion;
    private final String name;
    private String silence = "";
    private String connection = "of Saddlebag";
    private Optional<String> page = Optional.empty();

    NotionCheck(WorkspaceSettings workspace, Questions notion) {
        this.workspace = workspace;
        this.notion = notion;
        this.name = workspace.name();
    }

    /** One look at something, which takes a request. */
    private interface Look {
        Finding look() throws Exception;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(examine(name + " token", this::token));
        findings.add(examine(name + " shared", this::shared));
        findings.add(comments());
        findings.add(examine(name + " people", this::people));
        findings.add(clock());
        findings.add(budget());
        return findings;
    }

    private Finding examine(String subject, Look look) {
        if (!silence.isEmpty()) {
            return notAsked(subject, silence);
        }
        try {
            return look.look();
        } catch (AccessRefusedException refused) {
            silence = "Notion refuses the token";
            return Finding.failed(
                    Area.CREDENTIALS,
                    subject,
                    refused.getMessage(),
                    "Make a new token for the connection at Notion, put it where saddlebag.workspace." + name
                            + ".token takes it from, and restart the daemon.");
        } catch (RateLimitedException wait) {
            silence = WAIT;
            return Finding.warning(
                    Area.NOTION, subject, wait.getMessage(), "Ask again in a few minutes. Runs wait by themselves.");
        } catch (NotionException refused) {
            return Finding.warning(
                    Area.NOTION, subject, refused.getMessage(), "Ask again later; if it stays, ask Notion.");
        } catch (IOException unreachable) {
            silence = "Notion cannot be reached";
            return Finding.failed(
                    Area.NOTION,
                    subject,
                    "Notion cannot be reached: " + unreachable.getMessage(),
                    "Check the network, a proxy or firewall in between, and notion.api.base-url.");
        } catch (Exception unforeseen) {
            return Finding.failed(
                    Area.NOTION,
                    subject,
                    "could not be looked at: " + unforeseen,
                    "Report this; it should not happen.");
        }
    }

    private static Finding notAsked(String subject, String why) {
        return Finding.warning(Area.NOTION, subject, "not asked: " + why, "See above, then ask again.");
    }

    private Finding token() throws Exception {
        JsonNode bot = notion.ask(NotionRequest.get("/v1/users/me"));
        connection = "\"" + bot.path("name").asText("") + "\"";
        String of = bot.at("/bot/workspace_name").asText("");
        return Finding.ok(
                Area.CREDENTIALS,
                name + " token",
                "accepted; the connection is " + connection
                        + (of.isEmpty() ? "" : " of the Notion workspace \"" + of + "\""));
    }

    private Finding shared() throws Exception {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ObjectNode answer;
        try {
            answer = notion.ask(NotionRequest.postList("/v1/search", all));
        } catch (NotionException refused) {
            return whenForbidden(refused, noContent(refused.getMessage()));
        }
        JsonNode results = answer.path("results");
        if (results.isEmpty()) {
            return Finding.failed(
                    Area.NOTION,
                    name + " shared",
                    "nothing is shared with the connection: a backup would be empty",
                    "In Notion, open each top page, choose \"Add connections\" in its menu \"…\" and pick " + connection
                            + ". It then sees that page and all below it.");
        }
        if (entries(results).noneMatch(object -> object.has("properties"))) {
            return noContent("Notion shows objects without their content");
        }
        page = entries(results)
                .filter(object -> object.path("object").asText().equals("page"))
                .map(object -> object.path("id").asText())
                .findFirst();
        boolean more = answer.path("has_more").asBoolean();
        return Finding.ok(
                Area.NOTION,
                name + " shared",
                results.size() + (more ? "+" : "") + " pages and data sources, as a first look at search shows");
    }

    private Finding noContent(String found) {
        return Finding.failed(
                Area.NOTION,
                name + " shared",
                found,
                "At Notion, give the connection the capability \"Read content\". Without it there is nothing to back up.");
    }

    private Finding comments() {
        String subject = name + " comments";
        if (workspace.comments() == Comments.NONE) {
            return Finding.ok(Area.NOTION, subject, "not wanted (saddlebag.workspace." + name + ".comments = none)");
        }
        if (silence.isEmpty() && page.isEmpty()) {
            return notAsked(subject, "there is no page to ask about");
        }
        return examine(subject, () -> {
            try {
                notion.ask(NotionRequest.list("/v1/comments", "block_id=" + page.orElseThrow())
                        .inPagesOf(1));
            } catch (NotionException refused) {
                return whenForbidden(
                        refused,
                        Finding.warning(
                                Area.NOTION,
                                subject,
                                "the connection may not read comments: they will be missing in every snapshot",
                                "At Notion, give the connection the capability \"Read comments\", or set saddlebag.workspace."
                                        + name + ".comments to none."));
            }
            return Finding.ok(Area.NOTION, subject, "can be read");
        });
    }

    private Finding people() throws Exception {
        String subject = name + " people";
        JsonNode users;
        try {
            users = notion.ask(NotionRequest.list("/v1/users", "")).path("results");
        } catch (NotionException refused) {
            return whenForbidden(
                    refused,
                    Finding.warning(
                            Area.NOTION,
                            subject,
                            "the connection may not read user information: snapshots will name people by their ids "
                                    + "alone, without names and e-mail addresses",
                            "At Notion, give the connection the capability to read user information."));
        }
        List<JsonNode> persons = entries(users)
                .filter(user -> user.path("type").asText().equals("person"))
                .toList();
        boolean withoutMail = !persons.isEmpty()
                && persons.stream().noneMatch(user -> user.at("/person/email").isTextual());
        return withoutMail
                ? Finding.warning(
                        Area.NOTION,
                        subject,
                        "can be read without e-mail addresses: they will be missing in every snapshot",
                        "At Notion, let the connection read user information with e-mail addresses, if you want them "
                                + "backed up.")
                : Finding.ok(Area.NOTION, subject, "can be read, with e-mail addresses");
    }

    /** A capability that is missing has a meaning of its own; any other refusal is one like all. */
    private static Finding whenForbidden(NotionException refused, Finding finding) throws NotionException {
        if (refused.status() != FORBIDDEN) {
            throw refused;
        }
        return finding;
    }

    private Finding clock() {
        String subject = name + " clock";
        Optional<Duration> skew = notion.connection().clockSkew();
        if (skew.isEmpty()) {
            return notAsked(subject, "no answer of Notion's has told the time");
        }
        Duration off = skew.get().abs();
        String found = "this machine's clock is " + off.toSeconds() + " seconds "
                + (skew.get().isNegative() ? "ahead of" : "behind") + " Notion's";
        if (off.compareTo(SKEW) <= 0) {
            return Finding.ok(
                    Area.NOTION, subject, "this machine and Notion agree, to " + off.toSeconds() + " seconds");
        }
        String remedy = "Have the clock set over the network (chrony, systemd-timesyncd): runs that read only what "
                + "changed compare it with the times of edits.";
        return off.compareTo(LARGE_SKEW) > 0
                ? Finding.failed(Area.NOTION, subject, found, remedy)
                : Finding.warning(Area.NOTION, subject, found, remedy);
    }

    private Finding budget() {
        int requests = notion.connection().requestsPerMinute();
        String found = workspace.requestsPerMinute().isPresent()
                ? "%,d requests a minute".formatted(requests)
                : "auto: %,d requests a minute, by what was learned in the last week".formatted(requests);
        if (silence.equals(WAIT)) {
            return Finding.warning(
                    Area.NOTION,
                    name + " budget",
                    found + "; Notion says to wait all the same",
                    "If it happens often, set saddlebag.workspace." + name
                            + ".requests-per-minute to auto, and give Saddlebag a connection of its own.");
        }
        return Finding.ok(
                Area.NOTION, name + " budget", found + (silence.isEmpty() ? "; Notion did not say to wait" : ""));
    }

    private static Stream<JsonNode> entries(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
