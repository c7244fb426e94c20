@NullMarked
package dev.lifeline.poller.adapter.metrics;

import org.jspecify.annotations.NullMarked;
