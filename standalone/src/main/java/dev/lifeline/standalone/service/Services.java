package dev.lifeline.standalone.service;

import dev.lifeline.runtime.AtOnce;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The services that share a port, in this process.
 *
 * <p>The one that answers for everything not claimed by another (prefix {@code /}) has the readiness route, and includes
 * the readiness of the others in it; its metrics route shows the metrics of all.
 */
public final class Services implements AutoCloseable {

    private static final String ROOT = "/";

    private final List<Service> all;
    private final SharedPort port;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<ServiceContext> running = new CopyOnWriteArrayList<>();

    public Services(List<Service> all, SharedPort port) {
        this.all = List.copyOf(all);
        this.port = port;
    }

    /** Starts one of them; safe to call for several at once. */
    public ServiceContext start(Service service) {
        boolean root = service.prefix().filter(ROOT::equals).isPresent();
        ServiceContext started = ServiceContext.start(service, port, context -> {
            shareMetrics(context);
            if (root) {
                addReadiness(context);
            }
        });
        running.add(started);
        return started;
    }

    /** The running one of that name. */
    public ServiceContext named(String name) {
        return running.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no service " + name + " runs"));
    }

    /** One registry for all, so that one metrics route shows them all; it outlives each of them. */
    private void shareMetrics(GenericApplicationContext context) {
        context.registerBean(
                "prometheusMeterRegistry",
                PrometheusMeterRegistry.class,
                () -> metrics,
                definition -> ((AbstractBeanDefinition) definition).setDestroyMethodName(""));
        context.registerBean("prometheusRegistry", PrometheusRegistry.class, metrics::getPrometheusRegistry);
    }

    private void addReadiness(GenericApplicationContext context) {
        context.registerBean(
                "services", ServicesHealth.class, () -> new ServicesHealth(all.size() - 1, this::besidesRoot));
    }

    private List<ServiceContext> besidesRoot() {
        return running.stream().filter(service -> !service.isAt(ROOT)).toList();
    }

    /** Ends connections first, so that no request meets half a service; the services then end side by side. */
    @Override
    public void close() {
        port.close();
        AtOnce.forEach(running, ServiceContext::close);
    }
}
