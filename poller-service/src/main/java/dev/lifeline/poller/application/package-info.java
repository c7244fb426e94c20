/** Use cases of the poller, and the ports through which they reach the world. */
@NullMarked
package dev.lifeline.poller.application;

import org.jspecify.annotations.NullMarked;
