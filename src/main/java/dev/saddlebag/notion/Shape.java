package dev.saddlebag.notion;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one sort of JSON object.
 *
 * @param place its name in reports
 * @param keys its known keys, each with the name of the shape of its value, or {@link #NOT_LOOKED_INTO}
 * @param types the types it is known to have; none where it has no type
 * @param payloads the types whose objects have a key named like the type, with the name of the shape of its value
 */
record Shape(String place, Map<String, String> keys, Set<String> types, Map<String, String> payloads) {
    /** Stands for the keys of an object in which any key may stand. */
    static final String ANY_KEY = "*";

    /** Stands for the shape of a value of which nothing is reported. */
    static final String NOT_LOOKED_INTO = "";

    /**
     * The name of the shape below a key of an object, or nothing when the key is not known.
     *
     * @param type the type of the object, or null when it has none
     */
    Optional<String> below(String key, String type) {
        String always = keys.get(key);
        if (always != null) {
            return Optional.of(always);
        }
        if (key.equals(type)) {
            // The payload of a type that is not known is reported with the type.
            return types.contains(type) ? Optional.ofNullable(payloads.get(type)) : Optional.of(NOT_LOOKED_INTO);
        }
        return Optional.ofNullable(keys.get(ANY_KEY));
    }
}
