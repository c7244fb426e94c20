@NullMarked
package dev.lifeline.poller.application.consent;

import org.jspecify.annotations.NullMarked;
