package dev.lifeline.query.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of the banners, for people: one sentence what, one what it means. No clock times, no codes. */
final class Wording {

    private Wording() {}

    static String text(BannerKind kind, List<String> labels) {
        String names = enumerate(labels);
        String are = labels.size() == 1 ? " is " : " are ";
        return switch (kind) {
            case NEEDS_REAUTH -> names + are + "disconnected.";
            case NEEDS_ADMIN -> names + are + "waiting for somebody else.";
            case NOT_ANSWERING -> names + are + "not answering.";
            case OPERATOR_FAULT -> names + " can not be read at the moment.";
            case UNKNOWN -> "How " + names + are + "doing is not known.";
        };
    }

    static String detail(BannerKind kind, boolean onlyScopeIsMissing) {
        return switch (kind) {
            case NEEDS_REAUTH ->
                onlyScopeIsMissing ? "The permission to read it was not given." : "Access was revoked or has expired.";
            case NEEDS_ADMIN -> "Your organisation's admin, or the provider, has to allow this first.";
            case NOT_ANSWERING -> "We keep trying; you need to do nothing.";
            case OPERATOR_FAULT -> "We are fixing a problem on our side; you need to do nothing.";
            case UNKNOWN -> "The next result is overdue, so what is shown may be out of date.";
        };
    }

    static Banner everythingUnknown(@Nullable Instant asOf) {
        return new Banner(
                BannerKind.UNKNOWN,
                null,
                "How your connections are doing is not known.",
                "We have lost sight of them; what is shown may be out of date.",
                asOf,
                null);
    }

    /** {@code A}, {@code A and B}, {@code A, B and C}. */
    private static String enumerate(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.getFirst() : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
