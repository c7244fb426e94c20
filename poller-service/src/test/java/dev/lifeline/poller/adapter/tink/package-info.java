@NullMarked
package dev.lifeline.poller.adapter.tink;

import org.jspecify.annotations.NullMarked;
