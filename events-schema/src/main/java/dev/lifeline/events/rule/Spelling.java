package dev.lifeline.events.rule;

import java.text.Normalizer;
import java.util.function.IntPredicate;

/** Which characters names and texts may have, as {@link Wellformed} demands it. */
final class Spelling {

    private static final int LONGEST_NAME = 100;

    private Spelling() {}

    /**
     * What stops and rules are found by. Two that look alike are one, so that none slips past a stop: nothing that does not
     * show, one form for each letter (Unicode Standard Annex 15, NFKC), and no blank but single ones between words.
     */
    static void name(String field, String name) {
        Wellformed.demand(!name.isBlank(), field + " is empty; name it");
        storable(field, name);
        Wellformed.demand(
                name.length() <= LONGEST_NAME,
                field + " has " + name.length() + " characters; at most " + LONGEST_NAME + " are taken");
        refuse(field, name, character -> misleads(character) || doesNotShow(character));
        Wellformed.demand(
                name.equals(name.strip()) && !name.contains("  "),
                field + " has blanks around it, or two in a row; leave them out");
        Wellformed.demand(
                Normalizer.isNormalized(name, Normalizer.Form.NFKC),
                field + " has letters in a form that has a simpler one; write it as "
                        + Normalizer.normalize(name, Normalizer.Form.NFKC));
    }

    private static boolean doesNotShow(int character) {
        return switch (Character.getType(character)) {
            case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** PostgreSQL keeps no text with this character in it. */
    static void storable(String field, String text) {
        Wellformed.demand(text.indexOf('\0') < 0, field + " has the character U+0000; leave it out");
    }

    /**
     * What a person reads before saying yes: nothing in it may turn the direction of the rest (Unicode Standard Annex 9,
     * section 2), or be no character. It may have been written by whoever wrote a mail.
     */
    static void legible(String field, String text) {
        refuse(field, text, Spelling::misleads);
    }

    private static void refuse(String field, String text, IntPredicate character) {
        text.codePoints().filter(character).findFirst().ifPresent(found -> {
            throw new MalformedException("%s has the character U+%04X, which may mislead who reads it; leave it out"
                    .formatted(field, found));
        });
    }

    private static boolean misleads(int character) {
        return switch (Character.getDirectionality(character)) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                    Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE -> true;
            default ->
                Character.getType(character) == Character.SURROGATE
                        || Character.isISOControl(character) && !Character.isWhitespace(character);
        };
    }
}
