/** The commands and the connectors' health, as the event runtime folds them. */
@NullMarked
package dev.lifeline.policy.adapter.kafka;

import org.jspecify.annotations.NullMarked;
