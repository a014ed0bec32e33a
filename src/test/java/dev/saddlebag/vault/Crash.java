package dev.saddlebag.vault;

/** The process dies: nothing may catch this. */
final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
