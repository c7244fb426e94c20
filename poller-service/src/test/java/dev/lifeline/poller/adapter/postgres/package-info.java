@NullMarked
package dev.lifeline.poller.adapter.postgres;

import org.jspecify.annotations.NullMarked;
