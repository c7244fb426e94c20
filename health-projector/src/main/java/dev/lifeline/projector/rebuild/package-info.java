/** The read model rebuilt from the log beside the live one, compared with it, and put in its place. */
@NullMarked
package dev.lifeline.projector.rebuild;

import org.jspecify.annotations.NullMarked;
