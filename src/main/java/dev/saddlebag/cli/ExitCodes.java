package dev.saddlebag.cli;

/** The exit codes that no run decides; the others are those of {@link dev.saddlebag.report.Outcome}. */
final class ExitCodes {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int DAMAGED = 7;

    private ExitCodes() {}
}
