@NullMarked
package dev.lifeline.poller.application.polling;

import org.jspecify.annotations.NullMarked;
