@NullMarked
package dev.lifeline.query.domain;

import org.jspecify.annotations.NullMarked;
