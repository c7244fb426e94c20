/** Kafka: where commands go. query-api reads nothing from it. */
@NullMarked
package dev.lifeline.query.adapter.kafka;

import org.jspecify.annotations.NullMarked;
