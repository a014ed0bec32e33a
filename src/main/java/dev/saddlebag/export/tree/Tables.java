package dev.saddlebag.export.tree;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** The tables of an export: CSV in UTF-8 with a mark for it, lines that end as Windows ends them. */
final class Tables {
    private static final CSVFormat IN = CSVFormat.RFC4180;
    private static final CSVFormat OUT =
            CSVFormat.RFC4180.builder().setRecordSeparator("\r\n").get();

    private Tables() {}

    /** What is done with each record; the first is that of the names of the columns. */
    @FunctionalInterface
    interface Receiver {
        void record(long number, CSVRecord record) throws IOException;
    }

    /** Gives every record, numbered from 0 for the names of the columns. */
    static void read(Path table, Receiver receiver) throws IOException {
        try (CSVParser records = CSVParser.parse(reader(table), IN)) {
            long number = 0;
            for (CSVRecord record : records) {
                if (!isBlank(record)) {
                    receiver.record(number, record);
                    number++;
                }
            }
        } catch (UncheckedIOException malformed) {
            throw new IOException(
                    "The table " + table.getFileName() + " cannot be read: "
                            + malformed.getCause().getMessage(),
                    malformed);
        }
    }

    private static boolean isBlank(CSVRecord record) {
        return record.size() == 1 && record.get(0).isEmpty();
    }

    /** Whether a table has no row besides the names of its columns. */
    static boolean isEmpty(Path table) throws IOException {
        try (CSVParser records = CSVParser.parse(reader(table), IN)) {
            int rows = 0;
            for (CSVRecord record : records) {
                rows += isBlank(record) ? 0 : 1;
                if (rows > 1) {
                    return false;
                }
            }
            return true;
        } catch (UncheckedIOException malformed) {
            return false;
        }
    }

    static CSVPrinter writer(Path table) throws IOException {
        Files.createDirectories(table.getParent());
        BufferedWriter out = Files.newBufferedWriter(table, StandardCharsets.UTF_8);
        return new CSVPrinter(out, OUT);
    }

    private static BufferedReader reader(Path table) throws IOException {
        PushbackInputStream in = new PushbackInputStream(Files.newInputStream(table), 3);
        byte[] mark = in.readNBytes(3);
        boolean marked = mark.length == 3 && mark[0] == (byte) 0xef && mark[1] == (byte) 0xbb && mark[2] == (byte) 0xbf;
        if (!marked) {
            in.unread(mark);
        }
        return buffered(in);
    }

    private static BufferedReader buffered(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    }
}
