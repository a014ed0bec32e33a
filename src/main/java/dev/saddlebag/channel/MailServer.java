package dev.saddlebag.channel;

import jakarta.mail.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.component.mail.DefaultJavaMailSender;

/**
 * A mail server, for the Kamelet {@code email}. Camel fills {@link #getOptions} one by one, so that a password with any sign in it
 * arrives as it is and stands in no address. They are taken with the first message, so that certificates that cannot be read keep
 * nothing from starting.
 */
public final class MailServer extends DefaultJavaMailSender {
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
