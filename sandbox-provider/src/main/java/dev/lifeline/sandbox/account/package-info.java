/** Who has an account at the sandbox provider. */
@NullMarked
package dev.lifeline.sandbox.account;

import org.jspecify.annotations.NullMarked;
