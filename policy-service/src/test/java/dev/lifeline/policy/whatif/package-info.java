@NullMarked
package dev.lifeline.policy.whatif;

import org.jspecify.annotations.NullMarked;
