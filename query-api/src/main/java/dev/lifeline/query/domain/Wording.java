package dev.lifeline.query.domain;

import dev.lifeline.events.PauseScope;
import dev.lifeline.query.domain.Pauses.Pause;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of the banners, for people: one sentence what, one what it means. No clock times, no codes. */
final class Wording {

    private static final String WAITING = "Actions wait in Approvals.";

    private Wording() {}

    static Banner userPause(Pause own) {
        return new Banner(
                BannerKind.USER_PAUSE,
                null,
                "Auto-execution is paused.",
                (own.reason() == null ? "You paused it." : "You paused it: " + quoted(own.reason()))
                        + " Actions wait in Approvals until you resume.",
                own.at(),
                new Banner.CallToAction("Resume", "/#/settings"));
    }

    /** One for all of the operator's pauses; what holds back everything is said before what holds back a part. */
    static Banner operatorPause(Pauses pauses, Catalogue catalogue) {
        boolean global = pauses.global();
        List<Pause> shown = pauses.operator().stream()
                .filter(pause -> pause.ofEverything() == global)
                .toList();
        String what = global
                ? "Auto-execution is paused by the operator."
                : "Auto-execution is paused by the operator for "
                        + enumerate(shown.stream()
                                .map(pause -> part(pause.scope(), catalogue))
                                .toList())
                        + ".";
        String why = pauses.operatorReason(global)
                .map(reason -> "The operator says: " + quoted(reason) + " ")
                .orElse("");
        return new Banner(
                BannerKind.OPERATOR_PAUSE,
                null,
                what,
                why + "Actions wait in Approvals until the operator lifts it or you approve them.",
                shown.getFirst().at(),
                null);
    }

    /** Since when is no matter to whoever reads it: nothing has gone unread. */
    static Banner withheld() {
        return new Banner(
                BannerKind.OPERATOR_FAULT,
                null,
                "Nothing is done without asking you at the moment.",
                "A command could not be read, and it may have been a pause. We are looking into it. " + WAITING,
                null,
                null);
    }

    /** Somebody's own words, as a sentence that ends once. */
    private static String quoted(String words) {
        return "\u201c" + words + "\u201d" + (words.matches("(?s).*[.!?]") ? "" : ".");
    }

    private static String part(PauseScope scope, Catalogue catalogue) {
        String value = String.valueOf(scope.value());
        return switch (scope.kind()) {
            case DOMAIN -> "the domain " + value;
            case CONNECTOR -> catalogue.label(value);
            case ACTION_TYPE -> "actions of the type " + value;
            case EVERYTHING, ENVIRONMENT -> "everything";
        };
    }

    static String text(BannerKind kind, List<String> labels) {
        String names = enumerate(labels);
        String are = labels.size() == 1 ? " is " : " are ";
        return switch (kind) {
            case OPERATOR_PAUSE, USER_PAUSE -> "Auto-execution is paused.";
            case NEEDS_REAUTH -> names + are + "disconnected.";
            case NEEDS_ADMIN -> names + are + "waiting for somebody else.";
            case NOT_ANSWERING -> names + are + "not answering.";
            case OPERATOR_FAULT -> names + " can not be read at the moment.";
            case UNKNOWN -> "How " + names + are + "doing is not known.";
        };
    }

    static String detail(BannerKind kind, boolean onlyScopeIsMissing) {
        return switch (kind) {
            case OPERATOR_PAUSE, USER_PAUSE -> WAITING;
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
