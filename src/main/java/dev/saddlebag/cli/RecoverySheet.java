package dev.saddlebag.cli;

import dev.saddlebag.vault.Identity;
import io.nayuki.qrcodegen.QrCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What lies in a safe: the recovery key, and how to read every backup with it on a machine that has never seen Saddlebag.
 */
final class RecoverySheet {
    private static final int MARGIN = 4;

    private final Identity identity;
    private final Instant made;

    RecoverySheet(Identity identity, Instant made) {
        this.identity = identity;
        this.made = made.truncatedTo(ChronoUnit.SECONDS);
    }

    String text() {
        return filled("recovery-sheet.txt", commands());
    }

    /** The same to print, with the key as a QR code too; it loads nothing and runs nothing. */
    String html() {
        String escaped = commands().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return filled("recovery-sheet.html", escaped).replace("@qr@", qr());
    }

    private static String commands() {
        return resource("recovery-commands.sh").strip();
    }

    private String filled(String template, String commands) {
        return resource(template)
                .replace("@commands@", commands)
                .replace("@made@", made.toString())
                .replace("@public@", identity.recipient().text())
                .replace("@key@", identity.reveal());
    }

    private String qr() {
        QrCode code = QrCode.encodeText(identity.reveal(), QrCode.Ecc.MEDIUM);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append("M%d,%dh1v1h-1z".formatted(x + MARGIN, y + MARGIN));
                }
            }
        }
        int side = code.size + 2 * MARGIN;
        return """
                <svg viewBox="0 0 %1$d %1$d" role="img" aria-label="The key line as a QR code" shape-rendering="crispEdges">\
                <rect width="%1$d" height="%1$d" fill="#fff"/><path d="%2$s" fill="#000"/></svg>""".formatted(side, path);
    }

    private static String resource(String name) {
        try (var in = RecoverySheet.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException("The template " + name + " is missing from the jar", broken);
        }
    }
}
