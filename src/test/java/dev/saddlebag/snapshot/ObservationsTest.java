package dev.saddlebag.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ObservationsTest {
    @Test
    void what_was_observed_is_taken_up_again_from_its_note() {
        var before = new Observations();
        before.fault("export-rows", "Tasks has 17 rows and 16 pages.");
        before.warn("dead-links", "2 links lead nowhere.");
        before.number("dead-links-to-pages", 2);

        var after = new Observations();
        after.addAll(before.toJson());

        assertThat(after.remarks()).isEqualTo(before.remarks());
        assertThat(after.remarks())
                .extracting(Observations.Remark::weight)
                .containsExactly(Observations.Weight.FAULT, Observations.Weight.WARNING);
        assertThat(after.numbers()).isEqualTo(before.numbers()).containsEntry("dead-links-to-pages", 2L);
    }
}
