package dev.saddlebag.cli;

import dev.saddlebag.routes.Flow;
import java.util.Optional;

/** The routes at work, with the built-in Notion where there is one. */
record RunningFlow(Flow flow, Optional<BuiltInNotion> notion) implements AutoCloseable {
    @Override
    public void close() {
        flow.close();
        notion.ifPresent(BuiltInNotion::close);
    }
}
