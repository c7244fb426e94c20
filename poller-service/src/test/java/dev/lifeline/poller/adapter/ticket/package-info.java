@NullMarked
package dev.lifeline.poller.adapter.ticket;

import org.jspecify.annotations.NullMarked;
