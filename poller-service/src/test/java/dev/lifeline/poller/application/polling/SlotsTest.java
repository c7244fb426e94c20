package dev.lifeline.poller.application.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlotsTest {

    @Test
    void the_only_kind_of_a_provider_gets_all() throws InterruptedException {
        assertThat(new Slots("google", 32, List.of("gmail")).take("gmail")).isEqualTo(32);
    }

    @Test
    void half_of_them_are_kept_evenly_and_the_others_are_for_whoever_asks_first() throws InterruptedException {
        Slots slots = new Slots("google", 32, List.of("gmail", "google-calendar"));
        assertThat(slots.take("google-calendar")).isEqualTo(24);
        assertThat(slots.take("gmail")).isEqualTo(8);
        slots.giveBack("google-calendar", 20);
        assertThat(slots.take("gmail")).isEqualTo(16);
        assertThat(slots.take("google-calendar")).isEqualTo(4);
    }

    @Test
    void fewer_than_there_are_kinds_are_refused_by_the_name_of_the_setting() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Slots("google", 2, List.of("gmail", "google-calendar", "google-drive")))
                .withMessage(
                        "lifeline.poller.concurrency is 2, but provider google has 3 kinds of connectors: it must be"
                                + " that many at least");
    }

    @Test
    void whoever_waits_goes_on_when_one_is_given_back() throws InterruptedException {
        Slots slots = new Slots("google", 1, List.of("gmail"));
        slots.take("gmail");
        assertThat(slots.awaitUnused("gmail", Duration.ofMillis(10))).isFalse();
        Thread.ofVirtual().start(() -> slots.giveBack("gmail", 1));
        assertThat(slots.take("gmail")).isEqualTo(1);
    }

    /** Kinds that take all they can and give nothing back leave the last one what is its own. */
    @Property
    void whatever_the_others_hold_a_kind_gets_one_at_least_and_all_never_hold_more_than_there_are(
            @ForAll @IntRange(min = 1, max = 6) int kinds,
            @ForAll @IntRange(min = 0, max = 64) int more,
            @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 5) Integer> turns)
            throws InterruptedException {
        List<String> names = IntStream.range(0, kinds).mapToObj(i -> "kind" + i).toList();
        Slots slots = new Slots("google", kinds + more, names);
        int[] held = new int[kinds];
        for (int turn : turns) {
            int kind = turn % kinds;
            if (held[kind] > 0) {
                slots.giveBack(names.get(kind), held[kind]);
            }
            held[kind] = slots.take(names.get(kind));
            assertThat(held[kind]).isPositive();
            assertThat(IntStream.of(held).sum()).isLessThanOrEqualTo(kinds + more);
        }
    }
}
