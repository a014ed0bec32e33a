package dev.saddlebag.collect;

import dev.saddlebag.configuration.ExternalMedia;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.FileTree;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.StagingException;
import dev.saddlebag.snapshot.StoredFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The steps of collecting files: find what an object names, store the bytes once, write the stored form back. */
public final class FileDownloads {
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,10}$");

    /** The largest file outside Notion that is fetched: whoever can write a page names what this host asks for. */
    private static final long LARGEST_OUTSIDE = 5L << 30;

    /** The files that the object names and that the run is to fetch. */
    public List<FileLink> links(Run run, Draft draft) {
        return FileLink.in(draft.content(), fetchesOutside(run), draft::gap);
    }

    /** The files that belong to the workspace as a whole: the pictures of its custom emojis. */
    public List<FileLink> linksOfWorkspace(Run run) {
        return FileLink.ofEmojis(run.about().path("custom_emojis"), run.ledger()::gap);
    }

    private static boolean fetchesOutside(Run run) {
        return run.workspace().externalMedia() != ExternalMedia.NONE;
    }

    /** Whether the bytes must be fetched; a file that the run has already is resolved at once. */
    public boolean isMissing(Run run, FileLink link) {
        Optional<StoredFile> stored = run.files().at(link.path());
        stored.ifPresent(link::resolve);
        return stored.isEmpty();
    }

    /** Reads the owner of the file again for a fresh address. */
    public Reading renewal(FileLink link) {
        String path = "/v1/" + link.owner().object() + "s/" + link.owner().id();
        return Reading.one(link.renewal(), NotionRequest.get(path), link::renewFrom);
    }

    /**
     * Makes sure that the address may be asked. Notion's own may; another must be a web address, and must not lead into the
     * network of this host unless the settings say so.
     *
     * @throws FileRefusedException when it may not
     */
    public void admit(Run run, FileLink link) throws FileRefusedException {
        if (link.keeper() == FileLink.Keeper.OUTSIDE) {
            OutsideAddress.admit(link.url(), run.workspace().externalMedia() == ExternalMedia.ANY);
        }
    }

    /**
     * Stores the answer to a download. An address that is no longer good is marked as expired, once: the second time it
     * is refused.
     *
     * @throws IOException when the download broke off or the host is in trouble: worth another try
     * @throws FileRefusedException when the host will not give the file out
     * @throws StagingException when the disk does not take it
     */
    public void store(Run run, FileLink link, int status, String location, InputStream body)
            throws FileRefusedException, StagingException, IOException {
        // Only a closed stream gives its connection back to the pool, whatever the answer was.
        Download download = new Download(
                body == null ? InputStream.nullInputStream() : body,
                link.keeper() == FileLink.Keeper.OUTSIDE ? LARGEST_OUTSIDE : Long.MAX_VALUE);
        try (download) {
            store(run, link, status, location, download);
        }
    }

    private static void store(Run run, FileLink link, int status, String location, Download download)
            throws FileRefusedException, StagingException, IOException {
        if (link.keeper() == FileLink.Keeper.OUTSIDE && location != null && status >= 300 && status < 400) {
            if (link.follow(OutsideAddress.resolve(link.url(), location))) {
                throw new FileRefusedException(link.path() + " leads from one address to the next, without end");
            }
            return;
        }
        link.arrived();
        if (status == 403 && !link.expired() && link.keeper() == FileLink.Keeper.NOTION) {
            link.expire();
            return;
        }
        if (status == 429 || status >= 500) {
            throw new IOException("The host of " + link.path() + " answered " + status);
        }
        if (status != 200) {
            throw new FileRefusedException("The host of " + link.path() + " answered " + status);
        }
        try {
            FileTree.Stored stored = run.files().store(link.path(), extension(link.name()), download);
            if (stored.isNew()) {
                run.ledger().file(stored.file().size());
            }
            link.resolve(stored.file());
        } catch (IOException failure) {
            if (download.left < 0) {
                throw new FileRefusedException(link.path() + " is larger than 5 GiB and lies outside Notion");
            }
            if (download.failed) {
                throw failure;
            }
            throw new StagingException(link.path() + " cannot be stored", failure);
        }
    }

    private static String extension(String name) {
        Matcher end = EXTENSION.matcher(name);
        return end.find() ? end.group().toLowerCase(Locale.ROOT) : "";
    }

    /** Tells a broken download from a full disk, which look alike to whoever copies from one to the other. */
    private static final class Download extends FilterInputStream {
        private boolean failed;
        private long left;

        Download(InputStream in, long most) {
            super(in);
            left = most;
        }

        @Override
        public int read() throws IOException {
            try {
                return counted(super.read(), 1);
            } catch (IOException broken) {
                failed = true;
                throw broken;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                int count = super.read(buffer, offset, length);
                return counted(count, count);
            } catch (IOException broken) {
                failed = true;
                throw broken;
            }
        }

        private int counted(int result, int bytes) throws IOException {
            left -= result < 0 ? 0 : bytes;
            if (left < 0) {
                throw new IOException("The download is too large");
            }
            return result;
        }
    }
}
