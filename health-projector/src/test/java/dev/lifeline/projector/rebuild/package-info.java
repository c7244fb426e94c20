@NullMarked
package dev.lifeline.projector.rebuild;

import org.jspecify.annotations.NullMarked;
