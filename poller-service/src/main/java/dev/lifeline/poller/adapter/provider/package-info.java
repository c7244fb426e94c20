/** Providers over HTTP: OAuth 2 by google-oauth-client, and the mail and calendar APIs. */
@NullMarked
package dev.lifeline.poller.adapter.provider;

import org.jspecify.annotations.NullMarked;
