@NullMarked
package dev.lifeline.policy.adapter.http;

import org.jspecify.annotations.NullMarked;
