package dev.saddlebag.routes;

import dev.saddlebag.export.ExportDownloads;
import dev.saddlebag.export.Question;
import java.net.URI;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Makes a request of what is to be asked or fetched: address, method and headers, the cookie among them where it may go. */
final class ExportCall implements Processor {
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Object order = message.getBody();
        // The header in which Camel counts repetitions must survive each of them.
        message.removeHeaders("*", "CamelRedeliver.*");
        if (order instanceof Question question) {
            request(message, question.method(), question.address(), question.headers());
            message.setBody(question.body());
        } else if (order instanceof ExportDownloads.Order download) {
            request(message, "GET", download.address(), download.headers());
            message.setBody("");
        } else {
            throw new IllegalArgumentException("Nothing to ask: " + order);
        }
    }

    private static void request(Message message, String method, URI address, Map<String, String> headers) {
        headers.forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_METHOD, method);
        message.setHeader(Exchange.HTTP_URI, address.toString());
    }
}
