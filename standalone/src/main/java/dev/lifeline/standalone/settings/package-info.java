@NullMarked
package dev.lifeline.standalone.settings;

import org.jspecify.annotations.NullMarked;
