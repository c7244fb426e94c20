@NullMarked
package dev.lifeline.policy.brake;

import org.jspecify.annotations.NullMarked;
