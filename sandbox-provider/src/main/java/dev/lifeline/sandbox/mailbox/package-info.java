/** The mail of an account, and its numbered history. */
@NullMarked
package dev.lifeline.sandbox.mailbox;

import org.jspecify.annotations.NullMarked;
