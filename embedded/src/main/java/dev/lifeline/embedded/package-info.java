@NullMarked
package dev.lifeline.embedded;

import org.jspecify.annotations.NullMarked;
