/** The read model proven by the log in the background, a partition at a time. */
@NullMarked
package dev.lifeline.projector.verify;

import org.jspecify.annotations.NullMarked;
