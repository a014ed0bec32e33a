package dev.saddlebag.export.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Unpacks one download in a process of its own. */
public final class UnpackWork {
    private UnpackWork() {}

    /**
     * Says how much it was.
     *
     * @param arguments the download, and a folder for the tree
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        Unpacked unpacked = new ExportArchives()
                .unpack(List.of(Path.of(arguments[0])), folder.resolve("working"), folder.resolve("export"));
        System.out.printf("%d files, %d parts, %d bytes%n", unpacked.entries(), unpacked.parts(), unpacked.bytes());
    }
}
