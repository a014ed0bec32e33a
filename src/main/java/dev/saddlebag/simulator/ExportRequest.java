package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What somebody wants exported.
 *
 * @param block the id of the page or database with which the export begins; empty for the whole workspace
 * @param type {@code markdown} or {@code html}
 * @param files whether attachments are wanted
 * @param flat whether all pages come in one folder
 */
record ExportRequest(String block, String type, boolean files, boolean flat) {
    static ExportRequest workspace(String type) {
        return new ExportRequest("", type, true, false);
    }

    /** The {@code request} of a task. */
    static ExportRequest of(JsonNode request) {
        JsonNode options = request.path("exportOptions");
        return new ExportRequest(
                request.at("/block/id").asText(),
                options.path("exportType").asText(),
                !options.path("includeContents").asText().equals("no_files"),
                options.path("flattenExportFiletree").asBoolean());
    }

    /** The same in the other format. */
    ExportRequest inOtherFormat() {
        return new ExportRequest(block, html() ? "markdown" : "html", files, flat);
    }

    boolean whole() {
        return block.isEmpty();
    }

    boolean html() {
        return type.equals("html");
    }
}
