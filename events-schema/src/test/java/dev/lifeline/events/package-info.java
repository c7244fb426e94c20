@NullMarked
package dev.lifeline.events;

import org.jspecify.annotations.NullMarked;
