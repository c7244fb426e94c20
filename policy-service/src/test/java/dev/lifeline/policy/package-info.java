@NullMarked
package dev.lifeline.policy;

import org.jspecify.annotations.NullMarked;
