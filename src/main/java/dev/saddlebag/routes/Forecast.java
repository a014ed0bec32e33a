package dev.saddlebag.routes;

import dev.saddlebag.collect.RequestEstimate;
import dev.saddlebag.configuration.Depth;
import java.util.Map;
import java.util.Optional;

/**
 * What a run would ask of Notion that began now.
 *
 * @param depth how much it would read again
 * @param why why that is more than was asked for; empty when it is not
 * @param basis what the estimate is based on
 * @param estimates for each depth that such a run can have, {@code depth} among them
 * @param requestsPerMinute the budget
 * @param budget where the budget comes from, in words
 */
public record Forecast(
        String workspace,
        Depth depth,
        String why,
        Basis basis,
        Map<Depth, RequestEstimate> estimates,
        int requestsPerMinute,
        String budget) {

    /**
     * What an estimate is based on.
     *
     * @param snapshot the newest accepted snapshot, when its books are here; otherwise a look at search has to do
     * @param started when the run of that snapshot began, ISO 8601 in UTC; empty without one
     * @param pages the pages that it holds, or that search shows
     * @param dataSources likewise
     * @param edited the objects that search shows edited or new since the snapshot
     * @param files the files that the snapshot holds; empty when none of them is known
     * @param fileBytes their size, each content counted once
     */
    public record Basis(
            Optional<String> snapshot,
            String started,
            long pages,
            long dataSources,
            long edited,
            Optional<Long> files,
            Optional<Long> fileBytes) {}

    /** The estimate for the run itself. */
    public RequestEstimate estimate() {
        return estimates.get(depth);
    }
}
