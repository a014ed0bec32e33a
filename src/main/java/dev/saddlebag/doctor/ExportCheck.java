package dev.saddlebag.doctor;

import dev.saddlebag.configuration.ExportProvider;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.export.CookieRefusedException;
import dev.saddlebag.export.ExportException;
import dev.saddlebag.routes.Flow;
import java.io.IOException;

/** Whether the workspace could be exported, as far as Notion says before anything is ordered. */
final class ExportCheck {
    private static final String AGAIN = "Do what the message says, then ask again.";

    private ExportCheck() {}

    static Finding of(WorkspaceSettings workspace, Flow flow) {
        String subject = workspace.name() + " export";
        boolean admin = workspace.export().provider() == ExportProvider.ADMIN;
        try {
            String space = flow.wouldExport(workspace);
            return Finding.ok(
                    Area.CREDENTIALS,
                    subject,
                    (admin ? "the token of the Admin API" : "the cookie token_v2") + " is accepted and opens " + space);
        } catch (CookieRefusedException refused) {
            return Finding.failed(Area.CREDENTIALS, subject, refused.getMessage(), AGAIN);
        } catch (ExportException refused) {
            return Finding.failed(Area.NOTION, subject, refused.getMessage(), AGAIN);
        } catch (IOException unreachable) {
            return Finding.failed(
                    Area.NOTION,
                    subject,
                    "Notion cannot be asked: " + unreachable.getMessage(),
                    "Check the network, a proxy or firewall in between, and notion.export."
                            + (admin ? "admin-url." : "base-urls."));
        } catch (Exception unforeseen) {
            return Finding.failed(
                    Area.NOTION,
                    subject,
                    "could not be looked at: " + unforeseen,
                    "Report this; it should not happen.");
        }
    }
}
