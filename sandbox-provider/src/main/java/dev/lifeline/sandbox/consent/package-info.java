/** What has access to an account: grants, and the tokens that stand for them. */
@NullMarked
package dev.lifeline.sandbox.consent;

import org.jspecify.annotations.NullMarked;
