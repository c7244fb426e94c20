@NullMarked
package dev.lifeline.sandbox;

import org.jspecify.annotations.NullMarked;
