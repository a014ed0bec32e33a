package dev.saddlebag.notion;

import java.util.Arrays;

/** When the last requests were sent, in nanoseconds of a clock that may run over; not safe for use by many threads. */
final class SentTimes {
    private long[] times;
    private long count;

    /** @param room how many are remembered at least */
    SentTimes(int room) {
        times = new long[room];
    }

    /** Remembers at least {@code room} from now on; nothing is forgotten by this. */
    void makeRoom(int room) {
        if (room > times.length) {
            long[] inOrder = new long[known()];
            Arrays.setAll(inOrder, i -> latest(known() - i));
            times = Arrays.copyOf(inOrder, room);
            count = inOrder.length;
        }
    }

    /** Remembers one more, and forgets the oldest where there is no room. */
    void add(long time) {
        times[(int) (count % times.length)] = time;
        count++;
    }

    /** How many are remembered. */
    int known() {
        return (int) Math.min(count, times.length);
    }

    /** The newest is number 1; the greatest number is that of those {@link #known()}. */
    long latest(int number) {
        return times[(int) ((count - number) % times.length)];
    }

    /** How many of those remembered are later than {@code time}. */
    int since(long time) {
        int later = 0;
        while (later < known() && latest(later + 1) - time > 0) {
            later++;
        }
        return later;
    }
}
