@NullMarked
package dev.lifeline.standalone.service;

import org.jspecify.annotations.NullMarked;
