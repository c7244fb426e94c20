/** Other rules of classification, tried on the refusals of the past. */
@NullMarked
package dev.lifeline.poller.whatif;

import org.jspecify.annotations.NullMarked;
