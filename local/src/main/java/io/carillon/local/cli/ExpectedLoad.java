package io.carillon.local.cli;

import io.carillon.config.CarillonConfig;
import io.carillon.local.doctor.LoadCheck;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The load that a deployment is to bear, and what its account has been given for that. */
final class ExpectedLoad {

    private static final int DEFAULT_CONCURRENCY = 1_000;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Connections to expect at the busiest time (default: ${DEFAULT-VALUE}).")
    private long connections;

    @Option(
            names = "--publications",
            paramLabel = "N",
            defaultValue = "10",
            description = "Publications per second to expect then, in all channels (default: ${DEFAULT-VALUE}).")
    private double publications;

    @Option(
            names = "--subscribers",
            paramLabel = "N",
            defaultValue = "100",
            description = "Subscribers that one reaches, on average (default: ${DEFAULT-VALUE}).")
    private double subscribers;

    @Option(
            names = "--busiest",
            paramLabel = "N",
            description = "Publications per second in the busiest channel (default: all of them).")
    private Optional<Double> busiest = Optional.empty();

    @Option(
            names = "--connects-quota",
            paramLabel = "N",
            defaultValue = "500",
            description = "New connections per second that the account may have (default: AWS's, ${DEFAULT-VALUE}). The"
                    + " quota of requests is the configuration's carillon.post_quota.")
    private int connects;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description =
                    "Invocations that the account may have at the same time (default: Lambda is asked if --stage is"
                            + " named, else AWS's, " + DEFAULT_CONCURRENCY + ").")
    private Optional<Integer> concurrency = Optional.empty();

    void check() {
        if (connections < 0 || publications < 0 || subscribers < 0 || busiest.orElse(0.0) < 0) {
            throw new Misconfigured("--connections, --publications, --subscribers and --busiest must be 0 or more");
        }
        if (connects < 1 || concurrency.orElse(1) < 1) {
            throw new Misconfigured("--connects-quota and --concurrency must be 1 or more");
        }
    }

    boolean namesConcurrency() {
        return concurrency.isPresent();
    }

    /** Gives the check of it, with what Lambda says of the account if it could be asked. */
    LoadCheck against(CarillonConfig config, Optional<Integer> asked) {
        return new LoadCheck(
                new LoadCheck.Expected(connections, publications, subscribers, busiest.orElse(publications)),
                new LoadCheck.Quotas(
                        config.postQuota(),
                        connects,
                        concurrency.or(() -> asked).orElse(DEFAULT_CONCURRENCY)),
                config.shardSize());
    }
}
