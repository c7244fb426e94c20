/** From a provider's refusal to the banner on a screen: how soon. */
@NullMarked
package dev.lifeline.bench.detect;

import org.jspecify.annotations.NullMarked;
