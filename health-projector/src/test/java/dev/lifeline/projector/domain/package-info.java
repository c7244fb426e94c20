@NullMarked
package dev.lifeline.projector.domain;

import org.jspecify.annotations.NullMarked;
