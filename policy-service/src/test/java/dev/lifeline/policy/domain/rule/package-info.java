@NullMarked
package dev.lifeline.policy.domain.rule;

import org.jspecify.annotations.NullMarked;
