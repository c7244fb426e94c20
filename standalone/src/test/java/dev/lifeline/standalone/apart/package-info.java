/** The services as docs/deploy.md has them: packed, each a process of its own. */
@NullMarked
package dev.lifeline.standalone.apart;

import org.jspecify.annotations.NullMarked;
