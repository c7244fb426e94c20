@NullMarked
package dev.lifeline.deploy;

import org.jspecify.annotations.NullMarked;
