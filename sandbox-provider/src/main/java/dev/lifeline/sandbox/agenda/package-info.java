/** The calendar of an account, and the tokens that say how far a reader has come. */
@NullMarked
package dev.lifeline.sandbox.agenda;

import org.jspecify.annotations.NullMarked;
