package dev.saddlebag.simulator;

/**
 * A file that the sample workspace stores at Notion. Its bytes follow from these values alone.
 *
 * @param ref the file's place: the page that owns it, its number there, its type and its size class
 * @param type what kind of file
 * @param name its name, as people gave it
 * @param size how many bytes
 * @param content what the bytes grow from; two files with the same content and size are the same bytes
 */
record StoredFile(Ref ref, Type type, String name, long size, long content) {
    /** A few kinds of files: their ending, media type and first bytes. */
    enum Type {
        PNG(
                "png",
                "image/png",
                "89504e470d0a1a0a0000000d494844520000000100000001080600000"
                        + "01f15c4890000000d4944415478da63fcff9fa11e000782027f3dc848ef0000000049454e44ae426082"),
        PDF("pdf", "application/pdf", "255044462d312e340a25e2e3cfd30a"),
        TXT("txt", "text/plain; charset=utf-8", ""),
        MP4("mp4", "video/mp4", "00000018667479706d703432000000006d70343269736f6d"),
        MP3("mp3", "audio/mpeg", "49443303000000000000"),
        ZIP("zip", "application/zip", "504b0304140000000800");

        private final String ending;
        private final String mediaType;
        private final String begin;

        Type(String ending, String mediaType, String begin) {
            this.ending = ending;
            this.mediaType = mediaType;
            this.begin = begin;
        }

        String ending() {
            return ending;
        }

        String mediaType() {
            return mediaType;
        }

        byte[] begin() {
            return java.util.HexFormat.of().parseHex(begin);
        }
    }

    /** How large a file is. All twins of a workspace are the same bytes. */
    enum Size {
        SMALL,
        MEDIUM,
        LARGE,
        HUGE,
        TWIN
    }
}
