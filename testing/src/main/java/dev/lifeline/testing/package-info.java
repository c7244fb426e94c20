@NullMarked
package dev.lifeline.testing;

import org.jspecify.annotations.NullMarked;
