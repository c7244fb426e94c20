@NullMarked
package dev.lifeline.poller.adapter.kafka;

import org.jspecify.annotations.NullMarked;
