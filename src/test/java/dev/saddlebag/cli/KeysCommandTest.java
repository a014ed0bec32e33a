package dev.saddlebag.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.saddlebag.vault.Tools;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the first key to the day when only the sheet in the safe is left. */
class KeysCommandTest {
    private static final Pattern SECRET = Pattern.compile("AGE-SECRET-KEY-1[A-Z0-9]{58}");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path keys;
    private String recipients;

    @BeforeEach
    void makeKeys() throws Exception {
        System.setProperty("saddlebag.home", Path.of("").toAbsolutePath().toString());
        DemoCommand.writeConfiguration(folder.resolve("application.properties"));
        keys = folder.resolve("keys");
        assertThat(run("keys", "new", "--directory", keys.toString(), "--workspace", "sample"))
                .as(err.toString())
                .isZero();
        recipients = out.toString()
                .lines()
                .filter(line -> line.startsWith("saddlebag.workspace.sample.recipients = age1"))
                .findFirst()
                .orElseThrow()
                .replace(" = ", "=");
    }

    @Test
    void new_keys_are_for_their_owner_and_nothing_is_ever_overwritten() throws Exception {
        assertThat(out.toString()).doesNotContainPattern(SECRET);
        for (String name : List.of("ops-key.txt", "recovery-key.txt", "recovery-sheet.txt", "recovery-sheet.html")) {
            assertThat(Files.getPosixFilePermissions(keys.resolve(name)))
                    .as(name)
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(keys.resolve(name)).content().containsPattern(SECRET);
        }
        assertThat(Files.getPosixFilePermissions(keys)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        String before = Files.readString(keys.resolve("ops-key.txt"));
        Files.delete(keys.resolve("recovery-key.txt"));

        assertThat(run("keys", "new", "--directory", keys.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is there already");
        assertThat(keys.resolve("ops-key.txt")).content().isEqualTo(before);
        assertThat(keys.resolve("recovery-key.txt")).doesNotExist();
    }

    @Test
    void the_qr_code_on_the_sheet_is_the_recovery_key() throws Exception {
        String html = Files.readString(keys.resolve("recovery-sheet.html"));

        assertThat(scanned(html)).isEqualTo(secret("recovery-key.txt"));
        assertThat(html).doesNotContain("<script", "src=", "href=").doesNotContainPattern("@[a-z]+@");
        assertThat(Files.readString(keys.resolve("recovery-sheet.txt"))).contains(secret("recovery-key.txt"));
        assertThat(secret("recovery-key.txt")).isNotEqualTo(secret("ops-key.txt"));
    }

    @Test
    void an_encrypted_workspace_is_read_with_either_key_and_with_no_other() throws Exception {
        assertThat(encrypted("backup")).as(err.toString()).isZero();

        assertThat(encrypted("ls")).isEqualTo(2);
        assertThat(err.toString()).contains("is encrypted to age1", "--identity");
        assertThat(encrypted("ls", "--identity", key("ops"), "latest", "workspace.json"))
                .isZero();
        assertThat(out.toString()).contains("workspace.json");
        Path export = folder.resolve("export");
        assertThat(encrypted("export", "latest", "--to", export.toString(), "--identity", key("recovery")))
                .isZero();
        assertThat(export.resolve("workspace.json")).isNotEmptyFile();
        assertThat(encrypted("cat", "latest", "workspace.json", "-D", identities("ops")))
                .isZero();

        assertThat(encrypted("verify", "--level", "full")).isZero();
        assertThat(out.toString()).contains("was not looked into");
        assertThat(encrypted("verify", "--level", "full", "--identity", key("ops")))
                .isZero();
        assertThat(out.toString()).doesNotContain("was not looked into");
        assertThat(encrypted("snapshots")).isZero();
        assertThat(out.toString()).containsPattern("accepted +- +- ");

        assertThat(encrypted("keys", "check", "--identity", key("ops"), "--identity", key("recovery")))
                .as(out.toString())
                .isZero();
        assertThat(out.toString().lines())
                .hasSize(2)
                .allMatch(line ->
                        line.contains("sample at vault: age1") && line.contains("opens the newest snapshot 20"));
        assertThat(encrypted("keys", "check")).isEqualTo(1);
        assertThat(out.toString()).contains("CANNOT BE READ with no identity");
        assertThat(run("keys", "new", "--directory", folder.resolve("other").toString()))
                .isZero();
        String other = folder.resolve("other/ops-key.txt").toString();
        assertThat(encrypted("keys", "check", "--identity", other)).isEqualTo(1);
        assertThat(out.toString()).contains("opens NOTHING", "CANNOT BE READ with these identities");
        assertThat(encrypted("keys", "check", "--identity", other, "--identity", key("ops")))
                .as("a key that opens nothing is worth an alarm beside one that does")
                .isEqualTo(1);

        assertThat(withConfig("backup")).isEqualTo(1);
        assertThat(err.toString()).contains("was made encrypted").contains("give the recipients again");
    }

    @Test
    void after_the_state_was_lost_the_old_snapshots_are_trusted_and_read_as_before() throws Exception {
        assertThat(encrypted("backup")).as(err.toString()).isZero();
        Tools.run(folder, null, "rm", "-r", "state");
        assertThat(withConfig("backup"))
                .as("the vault at the destination says that it is encrypted")
                .isEqualTo(1);
        assertThat(encrypted("backup")).as(err.toString()).isZero();

        assertThat(encrypted("verify", "--level", "full", "--identity", key("recovery")))
                .as(out.toString())
                .isZero();
        assertThat(encrypted("snapshots", "--json")).isZero();
        assertThat(dev.saddlebag.notion.Json.MAPPER.readTree(out.toString())).hasSize(2);
    }

    @Test
    void the_printed_commands_restore_everything_on_a_machine_without_saddlebag() throws Exception {
        Tools.require("age", "jq", "unzip", "ssh-keygen");
        assertThat(encrypted("backup")).as(err.toString()).isZero();
        String sheet = Files.readString(keys.resolve("recovery-sheet.txt"));
        int begin = sheet.indexOf("umask 077");
        String commands = sheet.substring(begin, sheet.indexOf("\n\n", begin));

        Tools.Result restored = Tools.run(folder.resolve("vault/sample"), null, "sh", "-ec", commands);

        assertThat(restored.exit()).as(restored.output()).isZero();
        assertThat(restored.output()).contains("restored ");
        assertThat(folder.resolve("vault/sample/restored/workspace.json")).isNotEmptyFile();
    }

    @Test
    void show_tells_which_secret_keys_are_at_hand_and_shows_none() throws Exception {
        assertThat(encrypted("keys", "show", key("ops"))).isZero();
        assertThat(out.toString())
                .contains("the public key of " + key("ops"))
                .contains("whose secret key is in " + key("ops"))
                .contains("whose secret key is not here")
                .doesNotContainPattern(SECRET);
    }

    @Test
    void check_of_what_is_not_encrypted_needs_no_key() throws Exception {
        assertThat(withConfig("keys", "check")).isZero();
        assertThat(out.toString()).contains("there is no snapshot yet");
        assertThat(withConfig("backup")).isZero();
        assertThat(withConfig("keys", "check")).isZero();
        assertThat(out.toString()).contains("no key is needed");
    }

    /** Reads the QR code back from the drawing. */
    private static String scanned(String html) throws Exception {
        int scale = 4;
        var box = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(html);
        assertThat(box.find()).isTrue();
        int side = Integer.parseInt(box.group(1)) * scale;
        int[] pixels = new int[side * side];
        Arrays.fill(pixels, 0xffffff);
        var module = Pattern.compile("M(\\d+),(\\d+)h1v1h-1z").matcher(html);
        while (module.find()) {
            int left = Integer.parseInt(module.group(1)) * scale;
            int top = Integer.parseInt(module.group(2)) * scale;
            for (int y = top; y < top + scale; y++) {
                Arrays.fill(pixels, y * side + left, y * side + left + scale, 0);
            }
        }
        var image = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels)));
        return new QRCodeReader().decode(image).getText();
    }

    private String secret(String file) throws Exception {
        var found = SECRET.matcher(Files.readString(keys.resolve(file)));
        assertThat(found.find()).isTrue();
        return found.group();
    }

    private String key(String which) {
        return keys.resolve(which + "-key.txt").toString();
    }

    private String identities(String which) {
        return "saddlebag.workspace.sample.identities=" + key(which);
    }

    private int encrypted(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-D", recipients));
        all.addAll(List.of(arguments));
        return withConfig(all.toArray(String[]::new));
    }

    private int withConfig(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("--config", folder.resolve("application.properties").toString()));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Saddlebag.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
