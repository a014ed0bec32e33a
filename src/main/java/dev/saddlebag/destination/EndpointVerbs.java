package dev.saddlebag.destination;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;

/** A destination as a Camel endpoint: each question is a verb, a name and a body. */
record EndpointVerbs(ProducerTemplate producer, Endpoint endpoint) {
    /** @param name what it is about, beginning with the name of the workspace */
    Object ask(String verb, String name, Object body) throws IOException {
        try {
            return producer.requestBodyAndHeaders(endpoint, body, Map.of("verb", verb, "name", name));
        } catch (CamelExecutionException failed) {
            // The outermost says in words what those within it only name.
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof IOException told) {
                    throw told;
                }
            }
            throw new IOException(
                    "The destination could not " + verb + " " + name + ": "
                            + failed.getCause().getMessage(),
                    failed.getCause());
        }
    }

    /** The bytes of what came back. */
    InputStream stream(Object answer) {
        return endpoint.getCamelContext().getTypeConverter().convertTo(InputStream.class, answer);
    }
}
