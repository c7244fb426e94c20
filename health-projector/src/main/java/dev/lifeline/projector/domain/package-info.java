/** How a connector's state follows from its events. Pure: time, ids and state come in as arguments. */
@NullMarked
package dev.lifeline.projector.domain;

import org.jspecify.annotations.NullMarked;
