@NullMarked
package dev.lifeline.query.application;

import org.jspecify.annotations.NullMarked;
