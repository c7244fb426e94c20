/** Decides what may be done by itself: pause, trust, limits, approvals, admission. */
@NullMarked
package dev.lifeline.policy;

import org.jspecify.annotations.NullMarked;
