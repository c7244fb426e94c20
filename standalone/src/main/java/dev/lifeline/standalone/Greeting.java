package dev.lifeline.standalone;

import dev.lifeline.events.Topics;
import dev.lifeline.policy.domain.Lever;
import dev.lifeline.standalone.settings.Mode;
import dev.lifeline.standalone.settings.Settings;
import java.io.PrintStream;
import java.util.Locale;

/** What {@code up} says once it is up: where to go, how to sign in, how to watch, how to stop. */
final class Greeting {

    private final Settings settings;
    private final double seconds;

    Greeting(Settings settings, double seconds) {
        this.settings = settings;
        this.seconds = seconds;
    }

    void print(PrintStream out) {
        out.println();
        out.printf(Locale.ROOT, "Lifeline is up after %.1f s:  %s%n%n", seconds, settings.publicUrl());
        switch (settings.mode()) {
            case Mode.Sandbox sandbox -> {
                line(out, "sign in as", "alice, bob, ops or auditor, password lifeline");
                line(
                        out,
                        "sandbox account",
                        settings.sandboxUrl()
                                + "/account  (take access away, make it fail, switch a demo assistant on)");
            }
            case Mode.Real real -> line(out, "sign in at", real.issuer().toString());
        }
        line(out, "watch", "kcat -b 127.0.0.1:" + settings.kafkaPort() + " -C -t " + Topics.CONNECTOR_HEALTH.name());
        line(out, "data and logs", settings.home().toString());
        if (Lever.pulled(settings.autoExecuteDisabled())) {
            line(out, "paused", "SKYTWIN_AUTO_EXECUTE_DISABLED is set: nothing is done without a person's approval");
        }
        line(out, "stop", "Ctrl-C");
        out.println();
    }

    private static void line(PrintStream out, String what, String how) {
        out.printf("  %-16s %s%n", what, how);
    }
}
