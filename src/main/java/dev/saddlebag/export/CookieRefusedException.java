package dev.saddlebag.export;

import dev.saddlebag.notion.CredentialsRefused;

/** Notion refuses the cookie or the token of the export: a person must give a new one. */
public final class CookieRefusedException extends ExportException implements CredentialsRefused {
    private static final long serialVersionUID = 1;

    CookieRefusedException(String message) {
        super(message);
    }

    @Override
    boolean canGoOn() {
        return true;
    }
}
