@NullMarked
package dev.lifeline.query.adapter.security;

import org.jspecify.annotations.NullMarked;
