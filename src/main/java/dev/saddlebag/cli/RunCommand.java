package dev.saddlebag.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "run", description = "Runs the daemon: backups by their timers, edited routes checked and taken over.")
final class RunCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return ExitCodes.OK;
    }
}
