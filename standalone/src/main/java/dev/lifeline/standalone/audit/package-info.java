/** A user's history as the log has it: told to people, and as of any instant. Changes nothing, and asks no table. */
@NullMarked
package dev.lifeline.standalone.audit;

import org.jspecify.annotations.NullMarked;
