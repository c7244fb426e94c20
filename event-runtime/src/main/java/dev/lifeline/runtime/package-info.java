/** The one way to publish, consume, fold, dead-letter and trace. Begin with {@link dev.lifeline.runtime.EventRuntime}. */
@NullMarked
package dev.lifeline.runtime;

import org.jspecify.annotations.NullMarked;
