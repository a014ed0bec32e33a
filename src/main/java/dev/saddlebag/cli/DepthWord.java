package dev.saddlebag.cli;

import dev.saddlebag.configuration.Depth;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Understands the depth of a run in the words of the configuration. */
final class DepthWord implements ITypeConverter<Depth> {
    @Override
    public Depth convert(String word) {
        try {
            return Depth.of(word);
        } catch (IllegalArgumentException unknown) {
            throw new TypeConversionException("\"" + word + "\" is no depth; it is sweep, changed or quick");
        }
    }
}
