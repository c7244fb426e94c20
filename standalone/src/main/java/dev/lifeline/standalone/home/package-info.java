@NullMarked
package dev.lifeline.standalone.home;

import org.jspecify.annotations.NullMarked;
