package dev.saddlebag.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.snapshot.Gap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTML of e-mails as a phone and a desk show it. With {@code -Dsaddlebag.pictures=FOLDER} it leaves pictures. */
class MailLayoutTest {
    private static final String LONG = "data/20261120T020005Z-7f3a91-p0001.zip.age.001-" + "x".repeat(90);

    @TempDir
    Path folder;

    private final Hours clock = new Hours("2026-11-20T02:30:00Z");

    @Test
    void nothing_is_wider_than_the_window() throws Exception {
        Chromium.require();
        for (Map.Entry<String, Notice> one : notices().entrySet()) {
            Path page = folder.resolve(one.getKey() + ".html");
            Files.writeString(page, new Message(one.getValue(), new Templates(Path.of("routes/templates"))).getHtml());
            for (int width : new int[] {320, 360, 1024}) {
                JsonNode measured = Chromium.measure(page, width);

                assertThat(measured.path("width").asInt()).isEqualTo(width);
                assertThat(measured.path("scroll").asInt())
                        .as(one.getKey() + measured)
                        .isLessThanOrEqualTo(width);
                assertThat(measured.path("out"))
                        .as(one.getKey() + " at " + width)
                        .isEmpty();
            }
            leavePictures(one.getKey(), page);
        }
    }

    private static void leavePictures(String name, Path page) throws Exception {
        String where = System.getProperty("saddlebag.pictures");
        if (where != null) {
            Files.createDirectories(Path.of(where));
            Chromium.picture(page, 360, 1500, false, Path.of(where, name + "-narrow.png"));
            Chromium.picture(page, 900, 1250, false, Path.of(where, name + "-wide.png"));
        }
    }

    /** One of each sort, with the longest words that there can be. */
    private Map<String, Notice> notices() throws Exception {
        Settings settings = Summaries.settings(folder);
        Vaults vaults = new Vaults(settings.stateDirectory(), clock);
        Notices notices = new Notices(settings, vaults, clock);
        Map<String, Notice> all = new LinkedHashMap<>();
        all.put("accepted", notices.about(Summaries.delivered(clock, "offsite-" + "long-name-".repeat(6))));
        all.put("held", notices.about(Summaries.held(clock, "63 of the 68 pages are gone (\"" + LONG + "\").")));
        List<Gap> gaps = new ArrayList<>(IntStream.range(0, 12)
                .mapToObj(i -> new Gap("page", "0f3c2a" + i + "0-aaaa-4bbb-8ccc-1234567890ab", Gap.Reason.FAILED, LONG))
                .toList());
        gaps.add(new Gap("block", "b", Gap.Reason.UNSUPPORTED, "a button"));
        all.put("partial", notices.about(Summaries.partial(clock, gaps)));
        all.put("failed", notices.about(Summaries.failed(clock, "The disk of /srv/" + LONG + " is full")));
        all.put("undelivered", notices.about(Summaries.undelivered(clock, "offsite-" + "long-name-".repeat(6))));
        Watch watch = new Watch(settings, vaults, notices, clock);
        watch.look("acme");
        clock.pass(Duration.ofDays(40));
        all.put("stale", watch.look("acme").get(0));
        all.put(
                "damage",
                new UpkeepNotices(settings, notices, clock)
                        .verified(new Damaged(
                                "acme", "vault", List.of("a"), "", "findings of DAMAGE: 1. The first: " + LONG))
                        .get(0));
        all.put("everything", SampleNotice.full());
        return all;
    }

    private record Damaged(String workspace, String destination, List<String> damage, String error, String sentence)
            implements UpkeepNotices.Verification {}
}
