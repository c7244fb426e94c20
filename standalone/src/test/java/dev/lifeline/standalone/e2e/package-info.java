/** The stories of people in front of a browser, on what {@code up} starts. */
@NullMarked
package dev.lifeline.standalone.e2e;

import org.jspecify.annotations.NullMarked;
