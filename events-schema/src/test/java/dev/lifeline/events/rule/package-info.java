@NullMarked
package dev.lifeline.events.rule;

import org.jspecify.annotations.NullMarked;
