/** The authorization server: sign-in, consent, tokens, keys. */
@NullMarked
package dev.lifeline.sandbox.oauth;

import org.jspecify.annotations.NullMarked;
