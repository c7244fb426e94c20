/** A small agent on the sandbox mail, so that there is something to brake; it knows Lifeline by its HTTP interface alone. */
@NullMarked
package dev.lifeline.standalone.assistant;

import org.jspecify.annotations.NullMarked;
