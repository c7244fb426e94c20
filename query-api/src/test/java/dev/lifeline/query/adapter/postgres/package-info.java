@NullMarked
package dev.lifeline.query.adapter.postgres;

import org.jspecify.annotations.NullMarked;
