/** A real browser for specs. */
@NullMarked
package dev.lifeline.standalone.browser;

import org.jspecify.annotations.NullMarked;
