package dev.saddlebag.export.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.collect.FileLink;
import dev.saddlebag.export.ExportJob;
import dev.saddlebag.export.archive.Unpacked;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Catalogue;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.ReadablePaths;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.StagingException;
import dev.saddlebag.snapshot.StoredFile;
import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.io.file.PathUtils;

/** The steps from an unpacked export to a snapshot, and the closing of its books. */
public final class ExportSnapshot {
    private static final String NOTE = "export-tree";

    private final Clock clock;

    public ExportSnapshot(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes the readable pages and tables and the files of the snapshot, and settles an account of every page and database.
     * What an earlier attempt of the same run has made is made again.
     *
     * @throws StagingException when the disk does not take it, or a table of the export cannot be read
     */
    public void build(Run run, Unpacked unpacked) throws StagingException {
        try {
            delete(run.staging().tree().resolve(ReadablePaths.ROOT));
            SnapshotBuilder made = SnapshotBuilder.build(run, unpacked, day(run));
            ObjectNode note = Json.MAPPER.createObjectNode();
            note.set("about", about(made, unpacked));
            note.set("live", Json.MAPPER.valueToTree(made.live()));
            run.staging().keepNote(NOTE, note);
            new Findings(run, unpacked, made).note();
        } catch (IOException disk) {
            throw new StagingException("The export cannot be made into a snapshot", disk);
        }
    }

    /** The day of the export, as far as the run knows: it matters for titles that no table words otherwise. */
    private static LocalDate day(Run run) throws IOException {
        return LocalDate.ofInstant(
                ExportJob.ordered(run).orElse(run.started()),
                run.workspace().export().timeZone());
    }

    private static ObjectNode about(SnapshotBuilder made, Unpacked unpacked) {
        ObjectNode about = Json.MAPPER.createObjectNode();
        about.put("format", unpacked.format());
        about.put("parts", unpacked.parts());
        about.put("entries", unpacked.entries());
        about.put("bytes", unpacked.bytes());
        about.put("attachments", made.tree().attachments());
        about.put("noise", made.tree().noise());
        about.put("repaired_links", made.tally().repaired());
        made.tree().index().ifPresent(index -> {
            index.space().ifPresent(space -> about.put("space", space));
            about.put("name", index.name());
            ArrayNode teamspaces = about.putArray("teamspaces");
            index.teamspaces().forEach(teamspaces::add);
        });
        return about;
    }

    /**
     * The files that pages name by addresses that are good for a short time only, and that the export does not hold. They are
     * to be fetched before {@link #finish}.
     */
    public List<FileLink> liveLinks(Run run) throws StagingException {
        List<FileLink> links = new ArrayList<>();
        try {
            live(run).forEach((owner, addresses) -> {
                ObjectRef ref = ObjectRef.parse(owner);
                addresses.forEach(address ->
                        links.add(FileLink.ofAddress(address, ref.kind().word(), ref.id(), run.ledger()::gap)));
            });
        } catch (IOException disk) {
            throw new StagingException("What is to be fetched besides the export cannot be read back", disk);
        }
        return links;
    }

    private static SortedMap<String, SortedSet<String>> live(Run run) throws IOException {
        SortedMap<String, SortedSet<String>> live = new TreeMap<>();
        Optional<ObjectNode> note = run.staging().note(NOTE);
        note.ifPresent(kept -> kept.path("live").properties().forEach(owner -> {
            SortedSet<String> addresses = new TreeSet<>();
            owner.getValue().forEach(address -> addresses.add(address.textValue()));
            live.put(owner.getKey(), addresses);
        }));
        return live;
    }

    /**
     * Closes the books of the run: what the workspace is, the catalogue, the ledger, what is missing, and what the gate is to
     * judge.
     *
     * @param about what is known of the export itself, such as the hash of its archive; it goes into {@code workspace.json},
     *     and its number {@code pages_exported} to the gate
     * @throws Exception what stopped the run, if anything has
     */
    public void finish(Run run, ObjectNode about) throws Exception {
        run.throwIfStopped();
        try {
            linkFetched(run);
            keepNeededFiles(run);
            if (about.path("pages_exported").isIntegralNumber()) {
                run.observed()
                        .number(
                                "export-pages-exported",
                                about.path("pages_exported").longValue());
            }
            compareWithOrder(run, about);
            write(run, about);
            run.staging().keepNote("observed", run.observed().toJson());
        } catch (IOException disk) {
            throw new StagingException("The books of the run cannot be written", disk);
        }
    }

    /** An export that this run ordered itself must be of the workspace and in the format that were ordered. */
    private static void compareWithOrder(Run run, ObjectNode order) throws IOException {
        JsonNode came = run.staging().note(NOTE).map(note -> note.path("about")).orElse(Json.MAPPER.createObjectNode());
        if (!order.has("provider")) {
            return;
        }
        String wanted = run.workspace().export().format().word();
        String format = came.path("format").asText();
        if (!format.equals(wanted) && (format.equals("markdown") || format.equals("html"))) {
            run.observed()
                    .fault(
                            "export-format",
                            "The export was ordered as " + wanted + ", and what came is " + format + ".");
        }
        String space = order.path("exported_space").asText();
        if (run.workspace().spaceId().isEmpty()
                && came.has("space")
                && !came.path("space").asText().equals(space)) {
            run.observed()
                    .fault(
                            "export-space",
                            "The export is of the workspace "
                                    + came.path("space").asText() + " (\""
                                    + came.path("name").asText() + "\"), and ordered was that of " + space + ".");
        }
    }

    private void write(Run run, ObjectNode export) throws IOException {
        ObjectNode about = run.about();
        about.put("source", "export");
        about.put("depth", run.depth().word());
        about.put("started", run.started().toString());
        about.put("finished", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        ObjectNode all = about.putObject("export");
        run.staging().note(NOTE).ifPresent(note -> all.setAll((ObjectNode) note.path("about")));
        all.setAll(export);
        Path tree = run.staging().tree();
        Catalogue catalogue = new Catalogue(run.ledger().accounts());
        run.staging().write("workspace.json", about);
        run.staging().write("completeness.json", run.ledger().toJson(run.source(), run.depth()));
        catalogue.write(tree.resolve("catalogue.jsonl"));
        catalogue.writeLedger(tree.resolve("ledger.jsonl"));
        run.trash().write(tree.resolve("trash.jsonl"));
    }

    /** Lets the pages that name fetched files lead to them, and to files that took another name meanwhile. */
    private static void linkFetched(Run run) throws IOException {
        for (Map.Entry<String, SortedSet<String>> page : live(run).entrySet()) {
            Optional<Account> account = run.ledger().of(ObjectRef.parse(page.getKey()));
            if (account.isPresent() && account.get().line() != null) {
                linkFetched(run, account.get(), page.getValue());
            }
        }
    }

    private static void linkFetched(Run run, Account account, SortedSet<String> addresses) throws IOException {
        String path = account.line().path("path").textValue();
        Path file = run.staging().tree().resolve(path);
        Map<String, String> replacements = new HashMap<>();
        List<Account.NamedFile> files = new ArrayList<>(account.files());
        for (String address : addresses) {
            String plain = address.substring(0, address.indexOf('?'));
            Optional<StoredFile> fetched = run.files().at(plain);
            if (fetched.isPresent()) {
                StoredFile stored = fetched.get();
                String target = run.files().path(stored.sha256()).orElseThrow();
                replacements.put(plain, ReadablePaths.link(path, target));
                files.add(new Account.NamedFile(plain, stored.sha256(), stored.size()));
            }
        }
        if (replacements.isEmpty()) {
            return;
        }
        byte[] bytes = Replacement.in(Files.readAllBytes(file), replacements);
        Files.write(file, bytes);
        ObjectNode line = account.line().deepCopy();
        line.put("sha256", Hashes.of(bytes));
        ArrayNode hashes = line.putArray("files");
        files.stream().map(Account.NamedFile::sha256).distinct().sorted().forEach(hashes::add);
        run.ledger().settle(account.holding(files, line));
    }

    /** Attachments are kept whether a page names them or not; only what an interrupted run left is not. */
    private static void keepNeededFiles(Run run) throws IOException {
        run.ledger().files(run.files().all());
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            PathUtils.deleteDirectory(folder);
        }
    }
}
