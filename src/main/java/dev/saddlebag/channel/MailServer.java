package dev.saddlebag.channel;

import dev.saddlebag.destination.NotSentException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mail server, for the Kamelet {@code email}. Camel fills {@link #getOptions} one by one, so that a password with any sign in it
 * arrives as it is and stands in no address. They are taken with the first message, so that certificates that cannot be read keep
 * nothing from starting.
 */
public final class MailServer extends DefaultJavaMailSender {
    private static final Logger LOG = LoggerFactory.getLogger(MailServer.class);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
    private static final String ON = "true";

    private final Map<String, Object> options = new HashMap<>();

    /** The options of the Kamelet that say who is spoken to, and how. */
    public Map<String, Object> getOptions() {
        return options;
    }

    /** How it is spoken to: never in the clear where {@code security} is {@code starttls} or {@code tls}. */
    @Override
    public synchronized Session getSession() {
        if (getUsername() == null && !text("user").isEmpty()) {
            setUsername(text("user"));
            setPassword(text("password"));
        }
        setHost(text("host"));
        setPort(Integer.parseInt(text("port")));
        setProtocol("smtp");
        if (getJavaMailProperties().isEmpty()) {
            setJavaMailProperties(properties());
        }
        return super.getSession();
    }

    /** Sends it; of a {@link Letter} the server's answer is kept, and whether it can have left when something fails. */
    @Override
    public void send(MimeMessage message) throws MessagingException {
        if (!(message instanceof Letter letter)) {
            super.send(message);
            return;
        }
        SMTPTransport transport = connected();
        try {
            letter.setHeader("Date", DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
            letter.saveChanges();
            transport.sendMessage(letter, letter.getAllRecipients());
            letter.answered(transport.getLastServerResponse());
        } catch (MessagingException failed) {
            String words = innermost(failed);
            IOException told = isNo(failed)
                    ? new NotSentException("the mail server refused it: " + words, failed)
                    : new IOException(
                            "the connection to the mail server broke while it was under way: " + words, failed);
            throw new MessagingException(told.getMessage(), told);
        } finally {
            close(transport);
        }
    }

    /**
     * Speaks to the server as if there were something to send, and sends nothing.
     *
     * @return that it would take something, in words
     * @throws IOException why it would not
     */
    public String greet() throws IOException {
        try {
            SMTPTransport transport = connected();
            String how = transport.isSSL() ? "encrypted" : "NOT encrypted";
            close(transport);
            return "%s:%s answers, %s%s"
                    .formatted(
                            text("host"),
                            text("port"),
                            how,
                            text("user").isEmpty() ? ", asks for no password" : ", and knows the user");
        } catch (MessagingException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    /** A connection that has agreed on encryption and on who sends; nothing has left before. */
    private SMTPTransport connected() throws MessagingException {
        try {
            SMTPTransport transport = (SMTPTransport) getTransport(getSession());
            transport.connect(getHost(), getPort(), getUsername(), getPassword());
            return transport;
        } catch (MessagingException | IllegalArgumentException failed) {
            NotSentException told = new NotSentException(
                    "the mail server " + text("host") + ":" + text("port") + " cannot be used: " + innermost(failed),
                    failed);
            throw new MessagingException(told.getMessage(), told);
        }
    }

    /** A farewell that fails takes nothing back. */
    private static void close(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException deaf) {
            LOG.debug("The mail server did not hear the farewell", deaf);
        }
    }

    /** Whether the server has said that it does not take it; silence says nothing. */
    private static boolean isNo(MessagingException failed) {
        return failed instanceof SMTPSendFailedException answered
                ? answered.getReturnCode() >= 400
                : failed instanceof SendFailedException;
    }

    private static String innermost(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null && inner.getCause() != inner) {
            inner = inner.getCause();
        }
        String said = String.valueOf(inner.getMessage()).replaceAll("\\s+", " ").strip();
        return said.contains(" ") ? said : inner.getClass().getSimpleName() + ": " + said;
    }

    private Properties properties() {
        Properties properties = new Properties();
        String security = text("security");
        long patience = Duration.ofSeconds(Long.parseLong(text("timeout"))).toMillis();
        set(properties, "auth", !text("user").isEmpty());
        set(properties, "ssl.enable", security.equals("tls"));
        set(properties, "starttls.enable", security.startsWith("starttls"));
        set(properties, "starttls.required", security.equals("starttls"));
        set(properties, "ssl.checkserveridentity", ON);
        set(properties, "ssl.protocols", "TLSv1.3 TLSv1.2");
        set(properties, "connectiontimeout", patience);
        set(properties, "timeout", patience);
        set(properties, "writetimeout", patience);
        if (!text("caFile").isEmpty()) {
            properties.put(
                    "mail.smtp.ssl.socketFactory",
                    trusting(Path.of(text("caFile"))).getSocketFactory());
        }
        return properties;
    }

    private static void set(Properties properties, String name, Object value) {
        properties.setProperty("mail.smtp." + name, value.toString());
    }

    private String text(String option) {
        Object value = options.get(option);
        return value == null ? "" : value.toString().strip();
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "The certificates in " + file + " (ca-file) cannot be read: " + unreadable, unreadable);
        }
    }
}
