/** All that survives a restart, in one file. */
@NullMarked
package dev.lifeline.sandbox.state;

import org.jspecify.annotations.NullMarked;
