package dev.saddlebag.notion;

/** The token is refused, or Notion has blocked the connection: nothing else will succeed either. */
public final class AccessRefusedException extends NotionException implements CredentialsRefused {
    private static final long serialVersionUID = 1;

    AccessRefusedException(String message, int status) {
        super(message, status);
    }
}
