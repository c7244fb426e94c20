@NullMarked
package dev.lifeline.standalone.store;

import org.jspecify.annotations.NullMarked;
