/** Other policies of a user, tried on the decisions of the past. */
@NullMarked
package dev.lifeline.policy.whatif;

import org.jspecify.annotations.NullMarked;
