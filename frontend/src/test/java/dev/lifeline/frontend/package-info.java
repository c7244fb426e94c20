/** The dashboard alone, before a server that says what a spec wants: all that needs no Kafka and no database. */
@NullMarked
package dev.lifeline.frontend;

import org.jspecify.annotations.NullMarked;
