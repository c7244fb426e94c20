@NullMarked
package dev.lifeline.poller.scene;

import org.jspecify.annotations.NullMarked;
