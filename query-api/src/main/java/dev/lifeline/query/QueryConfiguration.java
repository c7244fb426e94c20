package dev.lifeline.query;

import dev.lifeline.query.application.CommandLog;
import dev.lifeline.query.application.CommandMemory;
import dev.lifeline.query.application.Commands;
import dev.lifeline.query.application.ConnectorCommands;
import dev.lifeline.query.application.IssuedCommands;
import dev.lifeline.query.application.LiveBanners;
import dev.lifeline.query.application.ReadModel;
import dev.lifeline.query.application.Sessions;
import dev.lifeline.query.application.Signal;
import dev.lifeline.query.domain.Banners;
import dev.lifeline.query.domain.Catalogue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Puts the rings together; time, chance and threads come in here. */
@Configuration(proxyBeanMethods = false)
class QueryConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Event loops of this service's own: the shared ones end with whichever context of this JVM ends first. */
    @Bean
    ReactorResourceFactory reactorResourceFactory() {
        ReactorResourceFactory loops = new ReactorResourceFactory();
        loops.setUseGlobalResources(false);
        return loops;
    }

    @Bean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    @Bean
    Catalogue catalogue(QueryProperties properties) {
        return properties.catalogue();
    }

    @Bean
    Banners banners(QueryProperties properties, Catalogue catalogue) {
        return Banners.polledEvery(properties.pollInterval(), catalogue);
    }

    @Bean
    CommandMemory commandMemory(IssuedCommands issued) {
        return new CommandMemory(issued);
    }

    @Bean
    Commands commands(
            ReadModel readModel,
            CommandMemory memory,
            CommandLog log,
            Signal.Source source,
            QueryProperties properties) {
        return new Commands(readModel, memory, log, source, properties.query().commandPatience());
    }

    @Bean
    ConnectorCommands connectorCommands(ReadModel readModel, Commands commands) {
        return new ConnectorCommands(readModel, commands, UUID::randomUUID);
    }

    @Bean(destroyMethod = "dispose")
    Scheduler liveBannersLoop() {
        return Schedulers.newSingle("live-banners", true);
    }

    @Bean
    LiveBanners liveBanners(
            Signal.Source source,
            ReadModel readModel,
            Sessions sessions,
            Banners banners,
            Clock clock,
            Scheduler liveBannersLoop,
            MeterRegistry meters) {
        LiveBanners live = new LiveBanners(source, readModel, sessions, banners, clock, liveBannersLoop);
        Gauge.builder("lifeline.query.users", live, LiveBanners::users)
                .description("Users who have a page open that shows their banners")
                .register(meters);
        return live;
    }

    @Bean
    LiveBannersLifecycle liveBannersLifecycle(LiveBanners live) {
        return new LiveBannersLifecycle(live);
    }
}
