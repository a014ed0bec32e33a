package dev.saddlebag.cli;

import dev.saddlebag.configuration.ConfigurationException;
import dev.saddlebag.vault.DamageException;
import dev.saddlebag.vault.NoSuchSnapshotException;
import dev.saddlebag.vault.WrongIdentityException;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into sentences and an exit code: a person gets no stack trace, the log at level debug does. */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        LoggerFactory.getLogger(Failures.class).debug("The command failed", failure);
        command.getErr().println(sentence(failure));
        if (failure instanceof ConfigurationException
                || failure instanceof IllegalArgumentException
                || failure instanceof NoSuchSnapshotException
                || failure instanceof WrongIdentityException) {
            return ExitCodes.USAGE;
        }
        return failure instanceof DamageException ? ExitCodes.DAMAGED : ExitCodes.FAILED;
    }

    /** What failed in words: the message of the innermost cause that has one says most about the matter itself. */
    static String sentence(Throwable failure) {
        String said = Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
        Throwable cause = failure.getCause();
        while (cause != null) {
            if (cause.getMessage() != null && !said.contains(cause.getMessage())) {
                said += System.lineSeparator() + "  because: " + cause.getMessage();
            }
            cause = cause.getCause();
        }
        return said;
    }
}
