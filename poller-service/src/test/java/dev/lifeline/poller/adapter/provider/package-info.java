@NullMarked
package dev.lifeline.poller.adapter.provider;

import org.jspecify.annotations.NullMarked;
