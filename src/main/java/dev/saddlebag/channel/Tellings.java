package dev.saddlebag.channel;

import dev.saddlebag.report.Telling;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Gathers what became of a notice at each channel; the aggregation strategy of the route {@code announce}. */
public final class Tellings implements AggregationStrategy {
    @Override
    @SuppressWarnings("unchecked")
    public Exchange aggregate(Exchange gathered, Exchange told) {
        List<Telling> tellings = new ArrayList<>();
        if (gathered != null) {
            tellings.addAll((List<Telling>) gathered.getMessage().getBody());
        }
        Telling telling = told.getMessage().getBody(Telling.class);
        if (telling != null) {
            tellings.add(telling);
        }
        told.getMessage().setBody(tellings);
        return told;
    }
}
