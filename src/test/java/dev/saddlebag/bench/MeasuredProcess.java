package dev.saddlebag.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that has ended, as it was measured.
 *
 * @param seconds from its start to its end
 * @param processorSeconds how long it and its children have kept processors busy; 0 where Linux does not count it
 * @param peakKibibytes the most memory that it has had, as Linux counts it; 0 where there is no such count
 * @param output what it printed; where it failed, also on its standard error
 */
record MeasuredProcess(int exit, double seconds, double processorSeconds, long peakKibibytes, String output) {
    /** Linux counts time of processors in hundredths of a second. */
    private static final double TICKS = 100;

    private static final Duration LOOK_AT_MEMORY_EVERY = Duration.ofMillis(20);

    /** A class of this project in a process with a heap of its own. */
    static List<String> java(String heap, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dsaddlebag.home=" + Path.of("").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(arguments);
        return command;
    }

    /** Runs {@code command} to its end; what it says on its standard error goes to {@code log}. */
    static MeasuredProcess run(List<String> command, Map<String, String> environment, Path log)
            throws IOException, InterruptedException {
        Path answer = log.resolveSibling(log.getFileName() + ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(answer.toFile()).redirectError(log.toFile());
        builder.environment().putAll(environment);
        double before = processorSecondsOfChildren();
        long start = System.nanoTime();
        Process process = builder.start();
        long peak = 0;
        while (!process.waitFor(LOOK_AT_MEMORY_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakOf(process));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        String output = Files.readString(answer);
        return new MeasuredProcess(
                process.exitValue(),
                seconds,
                processorSecondsOfChildren() - before,
                peak,
                process.exitValue() == 0 ? output : output + Files.readString(log));
    }

    /** User and system time of all children of this process that have ended, theirs among them. */
    private static double processorSecondsOfChildren() throws IOException {
        Path file = Path.of("/proc/self/stat");
        if (!Files.isReadable(file)) {
            return 0;
        }
        String stat = Files.readString(file);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS;
    }

    private static long peakOf(Process process) {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException over) {
            return 0;
        }
    }
}
