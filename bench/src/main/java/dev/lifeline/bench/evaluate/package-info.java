/** How fast actions are judged, beside another engine of rules. */
@NullMarked
package dev.lifeline.bench.evaluate;

import org.jspecify.annotations.NullMarked;
