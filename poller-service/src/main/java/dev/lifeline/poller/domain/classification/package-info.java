/**
 * What an answer of a provider means: pure functions on status, headers and body.
 *
 * <p>Nothing that these functions return holds a credential, whatever the answer held.
 */
@NullMarked
package dev.lifeline.poller.domain.classification;

import org.jspecify.annotations.NullMarked;
