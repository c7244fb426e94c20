@NullMarked
package dev.lifeline.standalone;

import org.jspecify.annotations.NullMarked;
