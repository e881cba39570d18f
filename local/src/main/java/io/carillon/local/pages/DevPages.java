package io.carillon.local.pages;

import io.carillon.config.Config;
import io.carillon.local.faults.Faults;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Serves the demo page and developer's console of {@code ./carillon dev}:
 *
 * <ul>
 *   <li>{@code /} and its assets;
 *   <li>{@code /vendor/centrifuge.js}, the client library as npm installed it in {@code local/web}; 503 with the
 *       remedy while it is not installed;
 *   <li>{@code /dev/config}, what the page must know: the server API's key, the namespaces, the version;
 *   <li>{@code /dev/token?user=alice}, a connection token, or with {@code &channel=chat:demo} a subscription token,
 *       valid for an hour;
 *   <li>{@code /dev/faults}, which faults are on; POST switches them.
 * </ul>
 *
 * <p>Those under {@code /dev} hand out secrets or do harm, so they answer only this page and programs on this machine: 403 to
 * every other page, and under every host name but {@code localhost} and IP addresses. For development only.
 *
 * <p>Blocks while it reads files. Safe for use by several threads.
 */
public final class DevPages extends Handler.Abstract {

    private static final String FAULTS = "/dev/faults";
    private static final String LIBRARY = "/vendor/centrifuge.js";

    private final Assets assets = Assets.load();
    private final ClientLibrary library;
    private final DevConfig config;
    private final DevTokens tokens;
    private final DevFaults faults;

    /** Makes the pages; the client library is looked for below the system property {@code carillon.root}. */
    public DevPages(Config config, Faults faults) {
        this(
                config,
                faults,
                Optional.ofNullable(System.getProperty("carillon.root")).map(Path::of),
                InstantSource.system());
    }

    DevPages(Config config, Optional<Path> root, InstantSource clock) {
        this(config, new Faults(), root, clock);
    }

    DevPages(Config config, Faults faults, Optional<Path> root, InstantSource clock) {
        this.library = new ClientLibrary(root);
        this.config = DevConfig.of(config);
        this.tokens = new DevTokens(config.client().token(), clock);
        this.faults = new DevFaults(faults);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Answer answer = answer(request);
        answer.write(request, response, callback);
        return true;
    }

    private Answer answer(Request request) {
        String path = request.getHttpURI().getCanonicalPath();
        if (HttpMethod.POST.is(request.getMethod()) && path.equals(FAULTS)) {
            return guarded(request, () -> faults.replace(request));
        }
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            return Answer.text(HttpStatus.METHOD_NOT_ALLOWED_405, "Only GET and HEAD are answered here.");
        }
        return switch (path) {
            case LIBRARY -> library.answer();
            case "/dev/config" -> guarded(request, config::answer);
            case FAULTS -> guarded(request, faults::show);
            case "/dev/token" -> guarded(request, () -> tokens.answer(Request.extractQueryParameters(request)));
            default ->
                assets.find(path)
                        .map(Answer::asset)
                        .orElseGet(() -> Answer.text(
                                HttpStatus.NOT_FOUND_404,
                                "There is nothing here. The demo page is at / on this port."));
        };
    }

    private static Answer guarded(Request request, Supplier<Answer> answer) {
        return Caller.refusal(request)
                .map(reason -> Answer.text(HttpStatus.FORBIDDEN_403, reason))
                .orElseGet(answer);
    }
}
