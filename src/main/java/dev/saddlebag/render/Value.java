package dev.saddlebag.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;

/** The value of a property (facts/notion-api.md §3.8). */
public sealed interface Value {
    /** Calls what fits. */
    <R> R accept(Visitor<R> visitor);

    /** One method for each kind of value. */
    interface Visitor<R> {
        R nothing();

        R words(Words value);

        R number(Amount value);

        R flag(Flag value);

        R plain(Plain value);

        R choices(Choices value);

        R date(Date value);

        R people(People value);

        R files(Files value);

        R relation(Relation value);

        R several(Several value);

        R fields(Fields value);

        R withheld(Withheld value);

        R unknown(Unknown value);
    }

    /** No value. */
    record Nothing() implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.nothing();
        }
    }

    /** Rich text, also of a title. */
    record Words(Text text) implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.words(this);
        }
    }

    /** A number with the digits that Notion gave. */
    record Amount(BigDecimal number) implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.number(this);
        }
    }

    /** Yes or no. */
    record Flag(boolean flag) implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.flag(this);
        }
    }

    /** One string: an option, an address, a telephone number, an id. */
    record Plain(String text) implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.plain(this);
        }
    }

    /** Any number of options. */
    record Choices(List<String> names) implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.choices(this);
        }
    }

    /** A day or a time, or a span of them, in the ISO form in which Notion gives it; empty where there is no end or zone. */
    record Date(String start, String end, String timeZone) implements Value {
        /** Whether it is one day or one time, in the zone that it names itself. */
        public boolean isSimple() {
            return end.isEmpty() && timeZone.isEmpty();
        }

        /** Start and end, for people. */
        public String written() {
            return (end.isEmpty() ? start : start + " → " + end) + (timeZone.isEmpty() ? "" : " " + timeZone);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.date(this);
        }
    }

    /** Users and groups. */
    record People(List<Person> people, boolean isList) implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.people(this);
        }
    }

    /** Files, here or elsewhere. */
    record Files(List<NamedFile> files) implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.files(this);
        }
    }

    /**
     * Pages.
     *
     * @param pages their ids
     * @param isCut whether Notion has more of them than could be read
     */
    record Relation(List<String> pages, boolean isCut) implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.relation(this);
        }
    }

    /** The values that a rollup shows. */
    record Several(List<Value> values) implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.several(this);
        }
    }

    /** A value of several named parts: a place, a verification. */
    record Fields(List<Field> fields) implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fields(this);
        }
    }

    /** A named part of a value. */
    record Field(String name, Value value) {}

    /** A computed value that Notion does not give out. */
    record Withheld() implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.withheld(this);
        }
    }

    /** A value of a type that this version does not know, as it came. */
    record Unknown(JsonNode json) implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unknown(this);
        }
    }
}
