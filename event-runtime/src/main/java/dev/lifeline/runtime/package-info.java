@NullMarked
package dev.lifeline.runtime;

import org.jspecify.annotations.NullMarked;
