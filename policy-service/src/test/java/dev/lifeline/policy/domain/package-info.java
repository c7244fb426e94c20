@NullMarked
package dev.lifeline.policy.domain;

import org.jspecify.annotations.NullMarked;
