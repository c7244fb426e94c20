/** What tests run against: a broker, a database, a browser. */
@NullMarked
package dev.lifeline.testing;

import org.jspecify.annotations.NullMarked;
