package dev.saddlebag.vault;

/** Is told how far an export is. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (files, allFiles, bytes, allBytes) -> {};

    /** {@code files} of {@code allFiles} are done, {@code bytes} of {@code allBytes}. */
    void done(long files, long allFiles, long bytes, long allBytes);
}
