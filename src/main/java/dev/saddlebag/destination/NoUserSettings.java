package dev.saddlebag.destination;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** Keeps JGit from what users and this machine have set for git: the options of a destination say all. */
final class NoUserSettings extends SystemReader.Delegate {
    /** Above this size JGit reads and writes files in pieces. Trees it always has in memory: 7 MB for 100,000 files. */
    private static final int PIECES = 32 << 20;

    private static boolean installed;

    private NoUserSettings(SystemReader system) {
        super(system);
    }

    /** Takes effect for the whole process. */
    static synchronized void install() {
        if (!installed) {
            SystemReader.setInstance(new NoUserSettings(SystemReader.getInstance()));
            WindowCacheConfig cache = new WindowCacheConfig();
            cache.setStreamFileThreshold(PIECES);
            cache.install();
            installed = true;
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS files) {
        return new Nothing(parent, files);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS files) {
        return new Nothing(parent, files);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS files) {
        return new Nothing(parent, files);
    }

    /** Settings without a file. */
    private static final class Nothing extends FileBasedConfig {
        Nothing(Config parent, FS files) {
            super(parent, null, files);
        }

        @Override
        public void load() {
            // There is nothing to load.
        }

        @Override
        public void save() {
            // What JGit finds out about the disk is forgotten with the process.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
