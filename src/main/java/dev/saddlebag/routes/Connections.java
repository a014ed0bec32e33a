package dev.saddlebag.routes;

import dev.saddlebag.configuration.Secret;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.notion.LearnedLimit;
import dev.saddlebag.notion.NotionConnection;
import dev.saddlebag.notion.RequestBudget;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The connections to Notion, and the request budgets that they share. */
final class Connections {
    private final Settings settings;
    private final Clock clock;
    private final Map<String, RequestBudget> budgets = new ConcurrentHashMap<>();

    Connections(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The connection of a workspace for its runs, which writes down what it learns of the budget. */
    NotionConnection of(WorkspaceSettings workspace) {
        String token = token(workspace);
        RequestBudget budget = budget(workspace);
        return workspace.requestsPerMinute().isPresent()
                ? new NotionConnection(token, budget)
                : new NotionConnection(token, budget, learnedLimit(workspace));
    }

    /** A connection that forgets what it learns of the budget. */
    NotionConnection toLook(WorkspaceSettings workspace) {
        return new NotionConnection(token(workspace), budget(workspace));
    }

    private RequestBudget budget(WorkspaceSettings workspace) {
        String token = token(workspace);
        // Whatever order runs begin in, workspaces with one token share one budget: the smallest of what they say.
        int requests = settings.workspaces().stream()
                .filter(other -> token(other).equals(token))
                .mapToInt(this::requestsPerMinute)
                .min()
                .orElseThrow();
        RequestBudget budget = budgets.computeIfAbsent(
                token, t -> new RequestBudget(requests, settings.notion().window()));
        budget.limitTo(requests);
        return budget;
    }

    private int requestsPerMinute(WorkspaceSettings workspace) {
        return workspace
                .requestsPerMinute()
                .orElseGet(() -> learnedLimit(workspace).requests());
    }

    private LearnedLimit learnedLimit(WorkspaceSettings workspace) {
        return new LearnedLimit(
                settings.stateDirectory().resolve(workspace.name()).resolve("budget.json"), clock);
    }

    private static String token(WorkspaceSettings workspace) {
        return workspace.token().map(Secret::reveal).orElse("");
    }
}
