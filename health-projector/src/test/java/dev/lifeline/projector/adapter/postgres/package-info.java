@NullMarked
package dev.lifeline.projector.adapter.postgres;

import org.jspecify.annotations.NullMarked;
