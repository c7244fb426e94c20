@NullMarked
package dev.lifeline.query;

import org.jspecify.annotations.NullMarked;
