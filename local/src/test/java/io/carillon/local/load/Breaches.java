package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.carillon.local.load.Breach.Kind;
import org.assertj.core.api.ListAssert;

/** Asserts what a checker found. */
final class Breaches {

    private Breaches() {}

    static ListAssert<Breach> assertBreaches(Verdict verdict) {
        return assertThat(verdict.breaches());
    }

    /** The one breach names its kind, channel, offset and client. */
    static void assertOnlyBreach(Verdict verdict, Kind kind, long offset, String client) {
        assertBreaches(verdict)
                .extracting(Breach::kind, Breach::channel, Breach::offset, Breach::client)
                .containsExactly(tuple(kind, History.CHANNEL, offset, client));
    }
}
