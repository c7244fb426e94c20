@NullMarked
package dev.lifeline.poller;

import org.jspecify.annotations.NullMarked;
