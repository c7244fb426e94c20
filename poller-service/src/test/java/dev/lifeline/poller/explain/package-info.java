@NullMarked
package dev.lifeline.poller.explain;

import org.jspecify.annotations.NullMarked;
