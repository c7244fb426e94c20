package dev.lifeline.projector.verify;

/**
 * How it stands with the verification of all partitions.
 *
 * @param different how many rows are not what the log comes to
 * @param rows how many rows were looked at
 * @param oldestSeconds how long ago that partition was proven which was proven least recently; where one never was, since when
 *     it is to be
 */
public record Standing(long different, long rows, double oldestSeconds) {

    /** Before anything is known. */
    public static final Standing NONE = new Standing(0, 0, 0);
}
