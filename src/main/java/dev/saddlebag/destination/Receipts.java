package dev.saddlebag.destination;

import dev.saddlebag.vault.Receipt;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Gathers the receipts of a fan-out into one list; the aggregation strategy of the route {@code deliver}. */
public final class Receipts implements AggregationStrategy {
    @Override
    @SuppressWarnings("unchecked")
    public Exchange aggregate(Exchange gathered, Exchange delivery) {
        List<Receipt> receipts = new ArrayList<>();
        if (gathered != null) {
            receipts.addAll((List<Receipt>) gathered.getMessage().getBody());
        } else if (delivery.getVariable("receipts") instanceof List<?> before) {
            receipts.addAll((List<Receipt>) before);
        }
        receipts.add(delivery.getMessage().getBody(Receipt.class));
        delivery.getMessage().setBody(receipts);
        return delivery;
    }
}
