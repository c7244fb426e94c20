/** How the services share a process and a port. */
@NullMarked
package dev.lifeline.standalone.service;

import org.jspecify.annotations.NullMarked;
