/** The state in PostgreSQL, at its edges. */
@NullMarked
package dev.lifeline.policy.adapter.postgres;

import org.jspecify.annotations.NullMarked;
