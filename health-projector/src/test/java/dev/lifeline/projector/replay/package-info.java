@NullMarked
package dev.lifeline.projector.replay;

import org.jspecify.annotations.NullMarked;
