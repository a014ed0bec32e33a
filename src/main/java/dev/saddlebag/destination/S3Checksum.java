package dev.saddlebag.destination;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * What the store compares a body with before it keeps it.
 *
 * @param crc32 in base64, or null
 * @param md5 in base64, for stores that know nothing else, or null
 */
record S3Checksum(String crc32, String md5) {
    static S3Checksum crc32(Slice slice) throws IOException {
        CRC32 crc = new CRC32();
        read(slice, crc::update);
        byte[] value = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        return new S3Checksum(Base64.getEncoder().encodeToString(value), null);
    }

    static S3Checksum md5(Slice slice) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            read(slice, digest::update);
            return new S3Checksum(null, Base64.getEncoder().encodeToString(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void on(PutObjectRequest.Builder request) {
        request.checksumCRC32(crc32).contentMD5(md5);
    }

    void on(UploadPartRequest.Builder request) {
        request.checksumCRC32(crc32).contentMD5(md5);
    }

    CompletedPart.Builder on(CompletedPart.Builder part) {
        return part.checksumCRC32(crc32);
    }

    private interface Sink {
        void take(byte[] bytes, int offset, int length);
    }

    private static void read(Slice slice, Sink sink) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = slice.open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sink.take(buffer, 0, n);
            }
        }
    }
}
