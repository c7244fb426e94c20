package dev.lifeline.runtime;

/**
 * Text of anybody's, as a terminal or a log is to have it: in one line, and without what could pass for another line, move the
 * cursor or turn what is read around.
 */
public final class OneLine {

    private OneLine() {}

    /** The text with what can not be seen spelled out, such as {@code \n} and {@code \u001b}. */
    public static String of(String text) {
        if (text.codePoints().noneMatch(OneLine::isUnseen)) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(letter -> {
            if (isUnseen(letter)) {
                line.append(spelled(letter));
            } else {
                line.appendCodePoint(letter);
            }
        });
        return line.toString();
    }

    private static boolean isUnseen(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static String spelled(int letter) {
        return switch (letter) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> letter <= 0xffff ? "\\u%04x".formatted(letter) : "\\u{%x}".formatted(letter);
        };
    }
}
