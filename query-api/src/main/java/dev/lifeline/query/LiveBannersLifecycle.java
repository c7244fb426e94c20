package dev.lifeline.query;

import dev.lifeline.query.application.LiveBanners;
import org.springframework.context.SmartLifecycle;

/** Ends the open streams before the web server waits for its last answers. */
final class LiveBannersLifecycle implements SmartLifecycle {

    private final LiveBanners live;
    private volatile boolean running;

    LiveBannersLifecycle(LiveBanners live) {
        this.live = live;
    }

    @Override
    public void start() {
        live.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        live.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
