@NullMarked
package dev.lifeline.projector.adapter.kafka;

import org.jspecify.annotations.NullMarked;
