/** The use cases, and what they need of the world outside as ports. */
@NullMarked
package dev.lifeline.query.application;

import org.jspecify.annotations.NullMarked;
