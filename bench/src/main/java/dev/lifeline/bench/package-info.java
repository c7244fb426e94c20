@NullMarked
package dev.lifeline.bench;

import org.jspecify.annotations.NullMarked;
