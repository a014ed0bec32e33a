package dev.saddlebag.cli;

import dev.saddlebag.report.Sizes;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.snapshot.Ledger;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on the standard error how far a run is: a bar on a terminal, now and then a line elsewhere. */
final class ProgressDisplay implements AutoCloseable {
    private static final Duration BAR_EVERY = Duration.ofMillis(200);
    private static final Duration LINE_EVERY = Duration.ofSeconds(30);

    private final Timer timer;
    private final Optional<ProgressBar> bar;

    private ProgressDisplay(Timer timer, Optional<ProgressBar> bar) {
        this.timer = timer;
        this.bar = bar;
    }

    static ProgressDisplay of(Flow flow, String workspace) {
        // The launcher knows whether a person is looking; Java tells it in another way in each release.
        boolean terminal = Boolean.getBoolean("saddlebag.terminal");
        Optional<ProgressBar> bar = terminal ? Optional.of(bar(workspace)) : Optional.empty();
        long every = (terminal ? BAR_EVERY : LINE_EVERY).toMillis();
        Timer timer = new Timer("progress", true);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        flow.runsUnderway().stream()
                                .filter(run -> run.workspace().name().equals(workspace))
                                .forEach(run -> show(run.ledger(), workspace, bar));
                    }
                },
                every,
                every);
        return new ProgressDisplay(timer, bar);
    }

    private static ProgressBar bar(String workspace) {
        return new ProgressBarBuilder()
                .setTaskName(workspace)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" objects", 1)
                .continuousUpdate()
                .build();
    }

    private static void show(Ledger ledger, String workspace, Optional<ProgressBar> bar) {
        Counts counts = ledger.counts();
        String files = "%,d files, %s".formatted(counts.files(), Sizes.text(counts.fileBytes()));
        if (bar.isEmpty()) {
            System.err.printf("%s: %,d of %,d known objects, %s%n", workspace, ledger.settled(), ledger.met(), files);
        } else {
            bar.get().maxHint(ledger.met());
            bar.get().stepTo(ledger.settled());
            bar.get().setExtraMessage(files);
        }
    }

    @Override
    public void close() {
        timer.cancel();
        bar.ifPresent(ProgressBar::close);
    }
}
