package dev.saddlebag.routes;

import static org.awaitility.Awaitility.await;

import dev.saddlebag.simulator.Faults;
import dev.saddlebag.simulator.RequestLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** One run that is started, killed, started again, and may never ask for what it had finished before. */
final class KilledRun {
    private final Lab lab;
    private Finished finished = Finished.NOTHING;

    KilledRun(Lab lab) {
        this.lab = lab;
    }

    /** Starts the run and kills it at its {@code nth} request of a kind, or lets it end when it makes fewer. */
    void killAt(Predicate<Faults.Call> which, int nth) throws Exception {
        int from = requests().size();
        try (BackupProcess process = BackupProcess.start(lab)) {
            AtomicInteger left = new AtomicInteger(nth);
            lab.notion()
                    .onRequest(
                            call -> process.isAlive() && which.test(call) && left.decrementAndGet() == 0,
                            process::kill);
            process.awaitKill();
        }
        close(from);
    }

    /** Starts the run and kills it as soon as something is so. */
    void killWhen(Callable<Boolean> reached) throws Exception {
        int from = requests().size();
        try (BackupProcess process = BackupProcess.start(lab)) {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> reached.call() || !process.isAlive());
            process.kill();
            process.awaitKill();
        }
        close(from);
    }

    /** Starts the run, lets it come to a good end, and gives what it asked for. */
    List<RequestLog.Entry> complete() throws Exception {
        int from = requests().size();
        try (BackupProcess process = BackupProcess.start(lab)) {
            process.awaitCompletion();
        }
        List<RequestLog.Entry> asked = requests().subList(from, requests().size());
        finished.assertNotAskedForIn(asked);
        return asked;
    }

    private void close(int from) throws Exception {
        finished.assertNotAskedForIn(requests().subList(from, requests().size()));
        finished = Finished.in(lab);
    }

    /** What it had finished when it was last killed. */
    Finished finished() {
        return finished;
    }

    private List<RequestLog.Entry> requests() {
        return lab.notion().requests().entries();
    }
}
