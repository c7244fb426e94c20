@NullMarked
package dev.lifeline.poller.domain.grant;

import org.jspecify.annotations.NullMarked;
