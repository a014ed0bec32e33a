package dev.saddlebag.readable;

import dev.saddlebag.render.Block;
import dev.saddlebag.render.Document;
import dev.saddlebag.render.Icon;
import dev.saddlebag.render.Person;
import dev.saddlebag.render.Place;
import dev.saddlebag.render.Text;
import dev.saddlebag.snapshot.Account;
import java.util.List;

/** Stands for an object that this version cannot understand, so that links to it lead somewhere. */
final class Unreadable {
    private static final Person NOBODY = new Person("", "", "");

    private Unreadable() {}

    static Document document(Account object) {
        String kind = object.object().kind().word();
        Text sentence = Text.of("This version of Saddlebag could not make a readable file of this " + kind
                + ". Its content is in " + object.line().path("path").asText() + ".");
        return new Document(
                kind,
                object.object().id(),
                Text.of(object.line().path("title").asText()),
                Icon.NONE,
                null,
                "",
                "",
                new Place("workspace", ""),
                new Document.Times("", NOBODY, "", NOBODY),
                List.of(),
                List.of(),
                List.of(new Block.Paragraph("", sentence, Icon.NONE, List.of())),
                List.of(),
                List.of());
    }
}
