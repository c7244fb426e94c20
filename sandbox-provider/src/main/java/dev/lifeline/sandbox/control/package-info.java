/** What tests and the command line ask of the provider; open to loopback only. */
@NullMarked
package dev.lifeline.sandbox.control;

import org.jspecify.annotations.NullMarked;
