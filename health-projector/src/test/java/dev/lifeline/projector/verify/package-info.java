@NullMarked
package dev.lifeline.projector.verify;

import org.jspecify.annotations.NullMarked;
