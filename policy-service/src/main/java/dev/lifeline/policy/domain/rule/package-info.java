/** The language in which users write rules of their own. */
@NullMarked
package dev.lifeline.policy.domain.rule;

import org.jspecify.annotations.NullMarked;
