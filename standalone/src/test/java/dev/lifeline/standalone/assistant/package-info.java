/** The demo assistant: its rules alone, without mail and without Lifeline. */
@NullMarked
package dev.lifeline.standalone.assistant;

import org.jspecify.annotations.NullMarked;
