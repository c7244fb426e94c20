@NullMarked
package dev.lifeline.poller.domain.connector;

import org.jspecify.annotations.NullMarked;
