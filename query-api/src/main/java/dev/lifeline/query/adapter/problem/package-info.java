/** Errors as people's programs read them: RFC 9457 problem details, whatever it was that went wrong. */
@NullMarked
package dev.lifeline.query.adapter.problem;

import org.jspecify.annotations.NullMarked;
