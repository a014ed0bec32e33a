package dev.saddlebag.vault;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** What disks, networks and people do to stored files. */
enum Damage implements UnaryOperator<byte[]> {
    FLIP {
        @Override
        public byte[] apply(byte[] content) {
            var altered = content.clone();
            altered[content.length / 3] ^= 4;
            return altered;
        }
    },
    FLIP_LAST {
        @Override
        public byte[] apply(byte[] content) {
            var altered = content.clone();
            altered[content.length - 2] ^= 1;
            return altered;
        }
    },
    TRUNCATE {
        @Override
        public byte[] apply(byte[] content) {
            return Arrays.copyOf(content, content.length - Math.min(content.length, 7));
        }
    },
    APPEND {
        @Override
        public byte[] apply(byte[] content) {
            return Arrays.copyOf(content, content.length + 5);
        }
    },
    ZERO {
        @Override
        public byte[] apply(byte[] content) {
            var altered = content.clone();
            Arrays.fill(altered, 0, Math.min(4096, altered.length), (byte) 0);
            return altered;
        }
    },
    DELETE {
        @Override
        public byte[] apply(byte[] content) {
            return null;
        }
    }
}
