package dev.saddlebag.routes;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Counts Notion's orders to wait apart from faults. Camel has one count for all repetitions of a request: after many such
 * orders the first fault would find no try left.
 */
public final class OrdersToWait implements Processor {
    /** Headers do not last from one try to the next, properties beyond the request: so the count says what it is for. */
    private record Count(Object request, int orders) {}

    private static final String PROPERTY = "ordersToWait";

    OrdersToWait() {}

    /** Whether the request at hand has obeyed fewer than {@code most} orders to wait. */
    public boolean fewerThan(int most, Exchange exchange) {
        return obeyed(exchange) < most;
    }

    /** Counts one more order that is obeyed, and takes it out of Camel's count. */
    @Override
    public void process(Exchange exchange) {
        exchange.setProperty(PROPERTY, new Count(request(exchange), obeyed(exchange) + 1));
        Message message = exchange.getIn();
        message.setHeader(
                Exchange.REDELIVERY_COUNTER, message.getHeader(Exchange.REDELIVERY_COUNTER, 1, Integer.class) - 1);
    }

    private static int obeyed(Exchange exchange) {
        Count count = exchange.getProperty(PROPERTY, Count.class);
        return count != null && count.request() == request(exchange) ? count.orders() : 0;
    }

    private static Object request(Exchange exchange) {
        return exchange.getVariable("request");
    }
}
