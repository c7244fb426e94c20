@NullMarked
package dev.lifeline.poller.application.command;

import org.jspecify.annotations.NullMarked;
