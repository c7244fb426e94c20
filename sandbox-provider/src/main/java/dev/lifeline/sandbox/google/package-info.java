/** The mail and calendar APIs, in the shape that Google documents. */
@NullMarked
package dev.lifeline.sandbox.google;

import org.jspecify.annotations.NullMarked;
