/** What may execute by itself: one pure function decides, and there is no other path. */
@NullMarked
package dev.lifeline.policy.domain;

import org.jspecify.annotations.NullMarked;
