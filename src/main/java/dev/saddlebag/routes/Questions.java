package dev.saddlebag.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.NotionConnection;
import dev.saddlebag.notion.NotionRequest;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * Questions to Notion outside of runs, through the one door that runs use: the version, the budget and the classes of errors
 * are the same. Nothing is repeated, since who asks wants to know what happens.
 */
public final class Questions {
    private final ProducerTemplate producer;
    private final NotionConnection connection;

    Questions(ProducerTemplate producer, NotionConnection connection) {
        this.producer = producer;
        this.connection = connection;
    }

    /**
     * Asks once.
     *
     * @throws dev.saddlebag.notion.NotionException when Notion refuses
     * @throws java.io.IOException when it does not answer, or something in between does
     */
    public ObjectNode ask(NotionRequest request) throws Exception {
        Exchange asked = producer.request("direct:notion", exchange -> {
            exchange.setVariable("connection", connection);
            exchange.getMessage().setBody(request);
        });
        if (asked.getException() != null) {
            throw asked.getException();
        }
        return asked.getMessage().getBody(ObjectNode.class);
    }

    /** What the answers have told so far of the budget and of the clock. */
    public NotionConnection connection() {
        return connection;
    }
}
