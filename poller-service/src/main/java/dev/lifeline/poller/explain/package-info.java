/** The command line that tells what Lifeline makes of a token endpoint's answer, and why. */
@NullMarked
package dev.lifeline.poller.explain;

import org.jspecify.annotations.NullMarked;
