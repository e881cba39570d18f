package io.carillon.local.cli;

import io.carillon.local.load.FaultControl;
import io.carillon.local.load.HttpFaults;
import io.carillon.local.load.Scenario;
import io.carillon.local.load.Target;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say what a load run is aimed at. */
final class LoadAddresses {

    private static final String DEV = "http://localhost:8000";

    @Option(names = "--url", description = "Where Carillon runs (default: " + DEV + ").")
    private Optional<URI> url = Optional.empty();

    @Option(
            names = "--ws-url",
            paramLabel = "URL",
            description = "Where clients connect, with the stage (default: --url and /connection/websocket).")
    private Optional<URI> webSocket = Optional.empty();

    @Option(
            names = "--api-url",
            paramLabel = "URL",
            description = "Where the server API is, with the stage and /api (default: --url and /api).")
    private Optional<URI> api = Optional.empty();

    @Option(names = "--start", description = "Run Carillon in this process for the test, instead of --url.")
    private boolean start;

    boolean start() {
        return start;
    }

    /** Refuses addresses that leave open where something goes. */
    void requireUsable(Scenario scenario) {
        if (start) {
            Stream.of(named("--url", url), named("--ws-url", webSocket), named("--api-url", api))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(option -> {
                        throw new Misconfigured("--start runs Carillon in this process, so it does not go with "
                                + option + ": leave one of them out");
                    });
        }
        if (url.isPresent() || webSocket.isEmpty() && api.isEmpty()) {
            return;
        }
        if (api.isEmpty()) {
            throw new Misconfigured(
                    "--ws-url needs --api-url beside it, or --url: otherwise nothing says where to" + " publish");
        }
        if (webSocket.isEmpty()) {
            throw new Misconfigured(
                    "--api-url needs --ws-url beside it, or --url: otherwise nothing says where clients" + " connect");
        }
        if (scenario.needsFaults()) {
            throw new Misconfigured("--fault, --slow and --dead need --start, or --url with the address of"
                    + " ./carillon dev: nothing at --ws-url and --api-url takes faults");
        }
    }

    private static Optional<String> named(String option, Optional<URI> address) {
        return address.map(given -> option);
    }

    /** Where the paths begin that no other option names. */
    URI server() {
        return url.orElse(URI.create(DEV));
    }

    /** What makes faults there. */
    FaultControl faults() {
        return url.isEmpty() && webSocket.isPresent() ? FaultControl.none() : new HttpFaults(server());
    }

    /** Puts the addresses that were named in place of those below {@link #server}. */
    Target over(Target whole) {
        Target sockets = webSocket.map(whole::withWebSocket).orElse(whole);
        return api.map(sockets::withApi).orElse(sockets);
    }
}
