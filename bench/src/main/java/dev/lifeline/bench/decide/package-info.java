/** How long an agent waits for proposal, admission and completion. */
@NullMarked
package dev.lifeline.bench.decide;

import org.jspecify.annotations.NullMarked;
