package dev.lifeline.runtime;

import java.util.List;
import org.springframework.context.SmartLifecycle;

/** All consumers of a service: started after everything else, stopped before it. */
record EventConsumers(List<EventConsumer> all) implements SmartLifecycle {

    EventConsumers {
        all = List.copyOf(all);
    }

    @Override
    public void start() {
        all.forEach(EventConsumer::start);
    }

    @Override
    public void stop() {
        AtOnce.forEach(all, EventConsumer::stop);
    }

    @Override
    public boolean isRunning() {
        return all.stream().anyMatch(EventConsumer::isRunning);
    }
}
