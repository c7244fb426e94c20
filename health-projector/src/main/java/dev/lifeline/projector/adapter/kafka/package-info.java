/** The fold as the event runtime runs it. */
@NullMarked
package dev.lifeline.projector.adapter.kafka;

import org.jspecify.annotations.NullMarked;
