package dev.saddlebag.routes;

import dev.saddlebag.configuration.Depth;
import dev.saddlebag.snapshot.Accepted;
import java.util.Optional;

/**
 * What a run does, as decided at its beginning.
 *
 * @param depth how much it reads again
 * @param base what is known of the snapshot that it carries over from; empty when it reads everything
 * @param why why that is everything although less was asked for; empty when it is not
 */
record Plan(Depth depth, Optional<Accepted> base, String why) {}
