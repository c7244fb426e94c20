/** How a user's history is told. */
@NullMarked
package dev.lifeline.standalone.audit;

import org.jspecify.annotations.NullMarked;
