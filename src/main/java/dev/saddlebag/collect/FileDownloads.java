package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

    /** The files that the object names and that Notion keeps. */
    public List<FileLink> links(Draft draft) {
        return FileLink.in(draft.content());
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
        return Reading.one("file", link.path(), NotionRequest.get(path), (ObjectNode owner) -> link.renewFrom(owner));
    }

    /**
     * Stores the answer to a download. An address that is no longer good is marked as expired, once: the second time it
     * is refused.
     *
     * @throws IOException when the download broke off or the host is in trouble: worth another try
     * @throws FileRefusedException when the host will not give the file out
     * @throws StagingException when the disk does not take it
     */
    public void store(Run run, FileLink link, int status, InputStream body)
            throws FileRefusedException, StagingException, IOException {
        // Only a closed stream gives its connection back to the pool, whatever the answer was.
        Download download = new Download(body == null ? InputStream.nullInputStream() : body);
        try (download) {
            store(run, link, status, download);
        }
    }

    private static void store(Run run, FileLink link, int status, Download download)
            throws FileRefusedException, StagingException, IOException {
        if (status == 403 && !link.expired()) {
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

        Download(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException broken) {
                failed = true;
                throw broken;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException broken) {
                failed = true;
                throw broken;
            }
        }
    }
}
