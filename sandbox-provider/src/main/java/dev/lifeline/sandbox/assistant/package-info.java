/** The switch of the demo assistant, which itself runs elsewhere. */
@NullMarked
package dev.lifeline.sandbox.assistant;

import org.jspecify.annotations.NullMarked;
