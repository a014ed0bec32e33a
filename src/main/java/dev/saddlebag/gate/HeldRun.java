package dev.saddlebag.gate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Run;
import java.util.List;

/**
 * What of a held run is in memory only while it goes on, so that its snapshot can be promoted by a later process.
 *
 * @param run its id
 * @param started when it began, ISO 8601 in UTC
 * @param parent the snapshot that it carries over from; empty when it read everything
 * @param files how many files its snapshot holds
 * @param about what stands in {@code workspace.json}
 * @param gaps what is missing of the workspace as a whole
 * @param observed what it noticed besides its objects
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record HeldRun(
        String run,
        String started,
        Source source,
        Depth depth,
        String parent,
        long files,
        long bytes,
        ObjectNode about,
        List<Gap> gaps,
        ObjectNode observed) {

    static HeldRun of(Run run) {
        return new HeldRun(
                run.id().value(),
                run.started().toString(),
                run.source(),
                run.depth(),
                run.base().map(base -> base.header().run()).orElse(""),
                run.ledger().counts().files(),
                run.ledger().counts().fileBytes(),
                run.about(),
                run.ledger().gapsOfTheWorkspace(),
                run.observed().toJson());
    }
}
