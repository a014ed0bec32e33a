package dev.saddlebag.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.saddlebag.vault.Receipt;
import java.util.Locale;

/**
 * A receipt as reports show it: what one destination got of a snapshot.
 *
 * @param outcome {@code committed}, {@code already_committed}, {@code conflict} or {@code failed}
 * @param snapshot the snapshot that the receipt is of: the run's own, or an earlier one that could not be delivered
 * @param listSha256 the hash that stands for the whole snapshot: an anchor outside the vault
 * @param objects how many stored files were put
 * @param bytes their size
 * @param alreadyThere how many stored files the destination had before
 * @param verified {@code read_back}, {@code listed} or {@code not}
 * @param error what failed, in words; absent when nothing did
 * @param note what somebody should know although nothing failed; absent for nothing
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Delivery(
        String destination,
        boolean delivered,
        String outcome,
        String snapshot,
        String listSha256,
        int objects,
        long bytes,
        int alreadyThere,
        String verified,
        double seconds,
        String error,
        String note) {

    static Delivery of(Receipt receipt) {
        return new Delivery(
                receipt.destination(),
                receipt.delivered(),
                word(receipt.outcome()),
                receipt.run().value(),
                receipt.listSha256(),
                receipt.objects(),
                receipt.bytes(),
                receipt.alreadyThere(),
                word(receipt.verified()),
                receipt.duration().toMillis() / 1000.0,
                receipt.error(),
                receipt.note());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
