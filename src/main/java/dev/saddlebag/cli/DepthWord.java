package dev.saddlebag.cli;

import dev.saddlebag.configuration.Depth;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Understands the depth of a run in the words of the configuration. */
final class DepthWord implements ITypeConverter<Depth> {
    static String of(Depth depth) {
        return depth.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Depth convert(String word) {
        return Arrays.stream(Depth.values())
                .filter(depth -> of(depth).equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new TypeConversionException("\"" + word + "\" is no depth; it is sweep, changed or quick"));
    }
}
