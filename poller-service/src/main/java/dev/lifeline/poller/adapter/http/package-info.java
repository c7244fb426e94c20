@NullMarked
package dev.lifeline.poller.adapter.http;

import org.jspecify.annotations.NullMarked;
