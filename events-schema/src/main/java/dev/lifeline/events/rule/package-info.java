/**
 * The language in which users write rules of their own, and what can be meant of what they and agents write. Pure: whoever
 * takes it from them, whoever tries it on the past and whoever decides by it read it alike.
 */
@NullMarked
package dev.lifeline.events.rule;

import org.jspecify.annotations.NullMarked;
