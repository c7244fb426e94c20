/** What people are shown, as pure functions of what is known: no framework, no clock, no I/O. */
@NullMarked
package dev.lifeline.query.domain;

import org.jspecify.annotations.NullMarked;
