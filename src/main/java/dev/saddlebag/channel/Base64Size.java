package dev.saddlebag.channel;

/** How large a file is when e-mail carries it: four signs for three bytes, in lines of 76 signs with their ends. */
final class Base64Size {
    private static final int LINE = 76;
    private static final int END = 2;

    private Base64Size() {}

    static long of(long bytes) {
        long signs = (bytes + 2) / 3 * 4;
        return signs + (signs + LINE - 1) / LINE * END;
    }
}
