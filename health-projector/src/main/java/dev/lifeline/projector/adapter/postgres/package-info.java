/** The read model's tables. One statement a table, however many rows. */
@NullMarked
package dev.lifeline.projector.adapter.postgres;

import org.jspecify.annotations.NullMarked;
