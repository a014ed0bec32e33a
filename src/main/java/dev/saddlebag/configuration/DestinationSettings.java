package dev.saddlebag.configuration;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A place that receives snapshots.
 *
 * @param name the name that workspaces use in their {@code destinations}
 * @param kind the kind, of which there is a Kamelet in {@code routes/destinations}
 * @param kamelet the name of that Kamelet, which is that of the kind unless a channel has one of the name
 * @param holds what it holds, as the kind says
 * @param filesAtOnce how many files may be on their way there at the same time
 * @param readBack whether each file is read back and compared after it was written
 * @param elsewhere whether it lies outside the building in which Saddlebag runs
 * @param pruneWith the destination with the credentials to delete here, when those of this one are not to be used for that
 * @param options the options of the kind as they were given, but paths are absolute. Some may be secret.
 */
public record DestinationSettings(
        String name,
        String kind,
        String kamelet,
        Holds holds,
        int filesAtOnce,
        boolean readBack,
        boolean elsewhere,
        Optional<String> pruneWith,
        Map<String, String> options) {
    public DestinationSettings {
        options = Map.copyOf(options);
    }

    /** A place that holds vaults, whose own credentials may delete. */
    public DestinationSettings(String name, String kind, Map<String, String> options) {
        this(name, kind, Holds.VAULT, 1, true, false, Optional.empty(), options);
    }

    /** A place whose kind has the name of its Kamelet. */
    public DestinationSettings(
            String name,
            String kind,
            Holds holds,
            int filesAtOnce,
            boolean readBack,
            boolean elsewhere,
            Optional<String> pruneWith,
            Map<String, String> options) {
        this(name, kind, kind, holds, filesAtOnce, readBack, elsewhere, pruneWith, options);
    }

    /** Names the options without their values, some of which are secret. */
    @Override
    public String toString() {
        return "DestinationSettings[name=" + name + ", kind=" + kind + ", holds=" + holds + ", filesAtOnce="
                + filesAtOnce + ", readBack=" + readBack + ", elsewhere=" + elsewhere + ", pruneWith="
                + pruneWith
                + ", options="
                + new TreeSet<>(options.keySet()) + "]";
    }
}
