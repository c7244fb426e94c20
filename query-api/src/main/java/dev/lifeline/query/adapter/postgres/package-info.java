/** PostgreSQL: the read model, which is only read, and the schema {@code web}, which is ours. */
@NullMarked
package dev.lifeline.query.adapter.postgres;

import org.jspecify.annotations.NullMarked;
