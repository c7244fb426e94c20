@NullMarked
package dev.lifeline.poller.domain.classification;

import org.jspecify.annotations.NullMarked;
