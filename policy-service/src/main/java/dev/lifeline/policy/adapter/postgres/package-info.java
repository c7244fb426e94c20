/** The state, in PostgreSQL. */
@NullMarked
package dev.lifeline.policy.adapter.postgres;

import org.jspecify.annotations.NullMarked;
