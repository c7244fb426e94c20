@NullMarked
package dev.lifeline.projector;

import org.jspecify.annotations.NullMarked;
