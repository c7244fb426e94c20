/** How soon a pause is answered while agents act, and what is admitted after it: nothing. */
@NullMarked
package dev.lifeline.bench.brake;

import org.jspecify.annotations.NullMarked;
