package dev.lifeline.standalone;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Notes which signal ends this process: whoever finds it ended wants to know who did that. */
final class StopSignals {

    private static final Logger log = LoggerFactory.getLogger(StopSignals.class);
    private static final int KILLED_BY = 128;

    private StopSignals() {}

    /** From now on; a signal that is ignored, as by {@code nohup}, stays so. */
    static void note() {
        List.of("INT", "TERM", "HUP").forEach(name -> {
            Signal signal = new Signal(name);
            if (SignalHandler.SIG_IGN.equals(Signal.handle(signal, StopSignals::end))) {
                Signal.handle(signal, SignalHandler.SIG_IGN);
            }
        });
    }

    private static void end(Signal signal) {
        log.info("Lifeline stops: it was told to by the signal {}", signal.getName());
        System.out.println("stopping; the data stays");
        Runtime.getRuntime().exit(KILLED_BY + signal.getNumber());
    }
}
