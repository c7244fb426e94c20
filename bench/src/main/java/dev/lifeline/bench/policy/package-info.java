/** Instances of policy-service, and those who ask them. */
@NullMarked
package dev.lifeline.bench.policy;

import org.jspecify.annotations.NullMarked;
