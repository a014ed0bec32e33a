package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values of properties as tables and pages of an export show them (facts/notion-export.md §2.6). */
final class ExportValues {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMMM d, uuuu h:mm a", Locale.ENGLISH);

    private final ExportSheet sheet;
    private final String base;

    /** @param base the folder from which links are counted */
    ExportValues(ExportSheet sheet, String base) {
        this.sheet = sheet;
        this.base = base;
    }

    /** A property of the sheet's page in words, empty when it holds nothing. */
    String of(Property property) {
        if (property.type().equals("title")) {
            return sheet.tree().title(sheet.page());
        }
        return text(sheet.value(property));
    }

    private String text(JsonNode property) {
        String type = property.path("type").asText();
        JsonNode value = property.path(type);
        return switch (type) {
            case "title", "rich_text" -> RichText.plainText(value);
            case "number" -> value.isNull() ? "" : value.asText();
            case "select", "status" -> value.path("name").asText();
            case "multi_select", "people" -> joined(value, "name");
            case "date" -> date(value);
            case "files" -> files(value);
            case "checkbox" -> value.asBoolean() ? "Yes" : "No";
            case "url", "email", "phone_number" -> value.asText("");
            case "relation" -> relation(value);
            case "rollup", "formula" -> computed(value);
            case "created_time", "last_edited_time" -> time(value.asText());
            case "created_by", "last_edited_by" -> value.path("name").asText();
            case "unique_id" ->
                (value.path("prefix").isTextual() ? value.get("prefix").asText() + "-" : "")
                        + value.path("number").asText();
            case "place" -> value.path("address").asText();
            case "verification" -> value.path("state").asText();
            default -> "";
        };
    }

    private static String joined(JsonNode list, String key) {
        List<String> all = new ArrayList<>();
        list.forEach(one -> all.add(one.path(key).asText()));
        return String.join(", ", all);
    }

    static String date(JsonNode date) {
        if (!date.isObject()) {
            return "";
        }
        String start = time(date.path("start").asText());
        return date.path("end").isTextual()
                ? start + " → " + time(date.get("end").asText())
                : start;
    }

    private static String time(String iso) {
        return iso.length() == 10
                ? DAY.format(LocalDate.parse(iso))
                : TIME.format(OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC));
    }

    private String files(JsonNode files) {
        List<String> all = new ArrayList<>();
        for (JsonNode file : files) {
            all.add(
                    file.path("type").asText().equals("file")
                            ? ExportNames.link(base, sheet.attach(file.get("file"), false))
                            : file.at("/external/url").asText());
        }
        return String.join(", ", all);
    }

    private String relation(JsonNode pages) {
        List<String> all = new ArrayList<>();
        for (JsonNode page : pages) {
            int number = sheet.content()
                    .ids()
                    .read(page.get("id").asText())
                    .orElseThrow()
                    .index();
            all.add(sheet.tree().title(number) + " (" + sheet.tree().link(base, number) + ")");
        }
        return String.join(", ", all);
    }

    private String computed(JsonNode value) {
        JsonNode result = value.path(value.path("type").asText());
        return switch (value.path("type").asText()) {
            case "number", "string" -> result.isNull() ? "" : result.asText();
            case "boolean" -> result.asBoolean() ? "Yes" : "No";
            case "date" -> date(result);
            case "array" -> {
                List<String> all = new ArrayList<>();
                result.forEach(one -> all.add(text(one)));
                yield String.join(", ", all);
            }
            default -> "";
        };
    }
}
