@NullMarked
package dev.lifeline.poller.whatif;

import org.jspecify.annotations.NullMarked;
