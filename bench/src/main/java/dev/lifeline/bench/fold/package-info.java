/** From Kafka to committed rows: how fast, beside others. */
@NullMarked
package dev.lifeline.bench.fold;

import org.jspecify.annotations.NullMarked;
