package dev.saddlebag.channel;

import dev.saddlebag.destination.NotSentException;
import dev.saddlebag.destination.Posted;
import dev.saddlebag.report.Message;
import dev.saddlebag.report.Sizes;
import dev.saddlebag.vault.Recipient;
import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the e-mails about snapshots, for the Kamelet of the kind {@code email}. Camel fills {@link #getOptions} one by one. */
public final class Post {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final Map<String, Object> options = new HashMap<>();

    /** The options of the Kamelet that say what is sent to whom. */
    public Map<String, Object> getOptions() {
        return options;
    }

    /**
     * The e-mail about a snapshot, ready to be sent. From then on it counts as one that may have left.
     *
     * @throws NotSentException when it cannot be written
     */
    public Letter letter(Dispatch dispatch) throws IOException {
        try {
            Letter letter = fitting(dispatch);
            dispatch.leave();
            return letter;
        } catch (AddressException noAddress) {
            throw new NotSentException(
                    "the settings from or to have no good address: " + noAddress.getMessage(), noAddress);
        } catch (MessagingException | IOException | IllegalArgumentException failed) {
            throw new NotSentException("it could not be written: " + failed.getMessage(), failed);
        }
    }

    private Letter fitting(Dispatch dispatch) throws IOException, MessagingException {
        if (!text("attach").equals("archive")) {
            return written(dispatch, Parcel.none());
        }
        long limit = Long.parseLong(text("limit"));
        Parcel parcel = dispatch.archive(limit, recipients(), Boolean.parseBoolean(text("allowPlain")));
        Letter letter = written(dispatch, parcel);
        long bytes = letter.bytes();
        boolean fits = bytes <= limit || parcel.file().isEmpty();
        return fits ? letter : written(dispatch, Parcel.tooLarge(bytes, limit));
    }

    private List<Recipient> recipients() {
        return Arrays.stream(text("recipients").split(","))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(Recipient::new)
                .toList();
    }

    private Letter written(Dispatch dispatch, Parcel parcel) throws IOException, MessagingException {
        Message message = dispatch.message(parcel);
        InternetAddress from = new InternetAddress(text("from"), true);
        String host = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
        Letter letter = new Letter("<" + dispatch.id() + "@" + host + ">", parcel);
        letter.setFrom(from);
        letter.setRecipients(jakarta.mail.Message.RecipientType.TO, InternetAddress.parse(text("to"), true));
        letter.setSubject(message.getSubject(), UTF_8);
        letter.setHeader("Auto-Submitted", "auto-generated");
        MimeMultipart texts = texts(message);
        letter.setContent(
                parcel.file().isEmpty() ? texts : with(texts, parcel.file().get(), parcel));
        letter.saveChanges();
        return letter;
    }

    private static MimeMultipart texts(Message message) throws MessagingException {
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(message.getText(), UTF_8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(message.getHtml(), UTF_8, "html");
        return new MimeMultipart("alternative", plain, html);
    }

    /** The file is read from the disk while it is sent. */
    private static MimeMultipart with(MimeMultipart texts, Path file, Parcel parcel) throws MessagingException {
        MimeBodyPart words = new MimeBodyPart();
        words.setContent(texts);
        MimeBodyPart archive = new MimeBodyPart();
        archive.setDataHandler(new DataHandler(new FileDataSource(file.toFile())));
        archive.setHeader("Content-Type", parcel.isEncrypted() ? "application/octet-stream" : "application/zip");
        archive.setHeader("Content-Transfer-Encoding", "base64");
        archive.setFileName(parcel.name());
        archive.setDisposition(MimeBodyPart.ATTACHMENT);
        return new MimeMultipart("mixed", words, archive);
    }

    /** What is to be told of a letter that was sent. */
    public Posted posted(Letter letter) throws IOException, MessagingException {
        boolean attached = letter.parcel().file().isPresent();
        long bytes = letter.bytes();
        String answer = letter.answer();
        return new Posted(
                attached ? 1 : 0,
                bytes,
                "An e-mail of %s went to %s. %s %s"
                        .formatted(
                                Sizes.text(bytes),
                                InternetAddress.toUnicodeString(letter.getAllRecipients()),
                                letter.parcel().words(),
                                answer.isEmpty() ? "The server said nothing." : "The server answered: " + answer));
    }

    private String text(String option) {
        Object value = options.get(option);
        return value == null ? "" : value.toString().strip();
    }
}
