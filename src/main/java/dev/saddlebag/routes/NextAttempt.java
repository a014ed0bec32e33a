package dev.saddlebag.routes;

import dev.saddlebag.collect.Reading;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Before Camel repeats a request, lets the reading adapt it to what went wrong: smaller pages, or a list begun again. */
final class NextAttempt implements Processor {
    @Override
    public void process(Exchange exchange) {
        Reading reading = exchange.getVariable("reading", Reading.class);
        reading.prepareForNextAttempt(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        exchange.getMessage().setBody(reading.request());
    }
}
