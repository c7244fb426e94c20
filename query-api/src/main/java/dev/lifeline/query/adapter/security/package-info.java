/** Who is asking, and what he may: sign-in by OpenID Connect, sessions, bearer tokens, ownership, CSRF, headers. */
@NullMarked
package dev.lifeline.query.adapter.security;

import org.jspecify.annotations.NullMarked;
