/**
 * The read side: tells each user how his connections are, at once and as it changes, and turns his clicks into commands.
 *
 * <p>{@code domain} is pure, {@code application} has the use cases and what they need of the world, {@code adapter} has
 * HTTP, PostgreSQL and Kafka. Nothing here ever blocks an event loop.
 */
@NullMarked
package dev.lifeline.query;

import org.jspecify.annotations.NullMarked;
