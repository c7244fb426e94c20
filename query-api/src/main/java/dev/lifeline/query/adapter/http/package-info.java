/** The routes. */
@NullMarked
package dev.lifeline.query.adapter.http;

import org.jspecify.annotations.NullMarked;
