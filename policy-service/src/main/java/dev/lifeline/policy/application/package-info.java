/** The use cases, each one transaction, and what they need. */
@NullMarked
package dev.lifeline.policy.application;

import org.jspecify.annotations.NullMarked;
