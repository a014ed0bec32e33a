package dev.saddlebag.simulator;

/**
 * An object of the sample workspace by its coordinates.
 *
 * @param kind what it is
 * @param index its number among its kind; for a block, a comment or a file the number of the page that owns it
 * @param sub its number within the owner, 0 where there is none
 */
record Ref(Kind kind, int index, int sub) {
    static Ref page(int index) {
        return new Ref(Kind.PAGE, index, 0);
    }

    static Ref block(int page, int sub) {
        return new Ref(Kind.BLOCK, page, sub);
    }

    static Ref database(int index) {
        return new Ref(Kind.DATABASE, index, 0);
    }

    static Ref source(int index) {
        return new Ref(Kind.DATA_SOURCE, index, 0);
    }

    static Ref workspace() {
        return new Ref(Kind.WORKSPACE, 0, 0);
    }
}
