package io.carillon.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carillon.local.cost.Deployment.Architecture;
import io.carillon.local.lambda.FunctionError;
import io.carillon.local.lambda.FunctionThrottled;
import io.carillon.local.lambda.LambdaFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MeteredFunctionTest {

    private final Counters counters = new Counters();
    private long now;

    private byte[] invoke(long nanos, Architecture architecture, Supplier<byte[]> outcome) {
        LambdaFunction function = new LambdaFunction() {
            @Override
            public String name() {
                return "deliver";
            }

            @Override
            public byte[] invoke(byte[] event) {
                now += nanos;
                return outcome.get();
            }
        };
        return new MeteredFunction(function, new Deployment.Function(1_769, architecture), counters, () -> now)
                .invoke(new byte[0]);
    }

    private double used(Billed item) {
        return counters.sums().get(item);
    }

    @Test
    void shouldCountMemoryTimesDurationRoundedUpToAMillisecond() {
        invoke(12_000_001, Architecture.ARM64, () -> new byte[1]);
        invoke(100, Architecture.ARM64, () -> new byte[1]);

        // 1,769 MB are 1.7275390625 GB; 13 ms and 1 ms.
        assertThat(used(Billed.LAMBDA_GB_SECONDS_ARM64)).isCloseTo(0.024185546875, within(1e-12));
        assertThat(used(Billed.LAMBDA_REQUESTS)).isEqualTo(2);
        assertThat(used(Billed.LAMBDA_GB_SECONDS_X86_64)).isZero();
    }

    @Test
    void shouldCountAnInvocationThatFailed() {
        assertThatThrownBy(() -> invoke(1_000_000, Architecture.X86_64, () -> {
                    throw new FunctionError("broken", new IllegalStateException());
                }))
                .isInstanceOf(FunctionError.class);

        assertThat(used(Billed.LAMBDA_REQUESTS)).isEqualTo(1);
        assertThat(used(Billed.LAMBDA_GB_SECONDS_X86_64)).isCloseTo(0.0017275390625, within(1e-12));
    }

    @Test
    void shouldNotCountAnInvocationThatWasThrottled() {
        assertThatThrownBy(() -> invoke(1_000_000, Architecture.ARM64, () -> {
                    throw new FunctionThrottled("deliver");
                }))
                .isInstanceOf(FunctionThrottled.class);

        assertThat(used(Billed.LAMBDA_REQUESTS)).isZero();
    }

    @Test
    void shouldRefuseMemoryThatLambdaDoesNotGive() {
        assertThatThrownBy(() -> new Deployment.Function(127, Architecture.ARM64))
                .hasMessageContaining("memory_mb must be 128 to 10240");
    }
}
