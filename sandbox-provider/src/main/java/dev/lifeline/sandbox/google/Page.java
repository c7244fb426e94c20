package dev.lifeline.sandbox.google;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The opaque tokens of the APIs, which carry a few numbers: where to go on, and since when. */
final class Page {

    private Page() {}

    /** A token of that kind with those numbers. */
    static String token(String kind, long... numbers) {
        String plain = kind + Arrays.toString(numbers);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** The numbers in a token of that kind; {@link GoogleErrors#INVALID_ARGUMENT} when it is none of ours. */
    static List<Long> numbers(String kind, String token, int count) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (plain.startsWith(kind + "[") && plain.endsWith("]")) {
                List<Long> numbers = Arrays.stream(plain.substring(kind.length() + 1, plain.length() - 1)
                                .split(", "))
                        .map(Long::valueOf)
                        .toList();
                if (numbers.size() == count && numbers.stream().allMatch(number -> number >= 0)) {
                    return numbers;
                }
            }
        } catch (IllegalArgumentException e) {
            throw new GoogleException(GoogleErrors.INVALID_ARGUMENT);
        }
        throw new GoogleException(GoogleErrors.INVALID_ARGUMENT);
    }

    /** How many a page holds: as asked, within the API's limits. */
    static int size(@Nullable Integer asked, int usual, int most) {
        if (asked == null) {
            return usual;
        }
        if (asked < 1) {
            throw new GoogleException(GoogleErrors.INVALID_ARGUMENT);
        }
        return Math.min(asked, most);
    }
}
