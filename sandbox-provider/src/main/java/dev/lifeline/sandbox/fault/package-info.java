/** The ways in which the provider can be made to fail. */
@NullMarked
package dev.lifeline.sandbox.fault;

import org.jspecify.annotations.NullMarked;
