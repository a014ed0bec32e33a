package dev.saddlebag.collect;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.saddlebag.notion.NotionConnection;
import dev.saddlebag.notion.NotionDoor;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.notion.RequestBudget;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What the one door makes of an error of Notion. */
final class Refusal {
    private Refusal() {}

    static Exception of(int status, String code, String message) {
        String error = "{\"object\":\"error\",\"code\":\"" + code + "\",\"message\":\"" + message + "\"}";
        var bytes = new ByteArrayInputStream(error.getBytes(StandardCharsets.UTF_8));
        var connection = new NotionConnection("ntn_0123456789", new RequestBudget(180, Duration.ofMinutes(1)));
        return (Exception) catchThrowable(
                () -> new NotionDoor().read(NotionRequest.get("/v1/pages/p1"), connection, status, null, bytes));
    }

    /** Notion no longer knows a cursor that it gave (facts/notion-api.md §7). */
    static Exception cursorLost() {
        return of(400, "validation_error", "The start_cursor provided is invalid.");
    }

    /** Notion takes too long, or has something in the way. */
    static Exception busy(int status) {
        return of(status, "service_unavailable", "Try again.");
    }

    static Exception notFound() {
        return of(404, "object_not_found", "Could not find it.");
    }

    static Exception forbidden() {
        return of(403, "restricted_resource", "Insufficient permissions for this endpoint.");
    }
}
