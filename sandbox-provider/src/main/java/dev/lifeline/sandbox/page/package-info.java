/** What people see: sign-in, consent, their account. */
@NullMarked
package dev.lifeline.sandbox.page;

import org.jspecify.annotations.NullMarked;
