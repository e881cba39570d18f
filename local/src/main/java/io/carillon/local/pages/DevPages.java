package io.carillon.local.pages;

import io.carillon.config.Config;
import io.carillon.local.aws.sns.SentPush;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
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
 *   <li>{@code /metrics}, what the runtime counts, as Prometheus text; {@code /dev/metrics}, the same for the page;
 *   <li>{@code /dev/queues}, how many mails wait and how many failed; POST to {@code /dev/redrive} sends those back;
 *   <li>{@code /dev/pushes}, the mobile push notifications that phones would have got;
 *   <li>{@code /dev/faults}, what goes wrong on purpose: GET tells, POST replaces.
 * </ul>
 *
 * <p>What is under {@code /dev} hands out secrets and does harm, so it answers only this page and programs on this machine: 403 to
 * every other page, and under every host name but {@code localhost} and IP addresses. For development only.
 *
 * <p>Blocks while it reads files. Safe for use by several threads.
 */
public final class DevPages extends Handler.Abstract {

    private static final String LIBRARY = "/vendor/centrifuge.js";

    private final Assets assets = Assets.load();
    private final ClientLibrary library;
    private final DevConfig config;
    private final DevTokens tokens;
    private final FaultsPage faults;
    private final MetricsPage metrics;
    private final QueuesPage queues;
    private final PushesPage pushes = new PushesPage();

    /** Makes the pages; the client library is looked for below the system property {@code carillon.root}. */
    public DevPages(Config config) {
        this(config, new FaultsPage());
    }

    /** Makes the pages, with one for the faults of a runtime. */
    public DevPages(Config config, FaultsPage faults) {
        this(config, faults, new MetricsPage(), new QueuesPage());
    }

    /** Makes the pages, with those about a runtime. */
    public DevPages(Config config, FaultsPage faults, MetricsPage metrics, QueuesPage queues) {
        this(
                config,
                faults,
                metrics,
                queues,
                Optional.ofNullable(System.getProperty("carillon.root")).map(Path::of),
                InstantSource.system());
    }

    DevPages(Config config, Optional<Path> root, InstantSource clock) {
        this(config, new FaultsPage(), new MetricsPage(), new QueuesPage(), root, clock);
    }

    private DevPages(
            Config config,
            FaultsPage faults,
            MetricsPage metrics,
            QueuesPage queues,
            Optional<Path> root,
            InstantSource clock) {
        this.faults = faults;
        this.metrics = metrics;
        this.queues = queues;
        this.library = new ClientLibrary(root);
        this.config = DevConfig.of(config);
        this.tokens = new DevTokens(config.client(), clock);
    }

    /** Shows the mobile push notifications of a runtime that has started. */
    public void showPushes(Supplier<List<SentPush>> sent) {
        pushes.show(sent);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Answer answer = answer(request);
        answer.write(request, response, callback);
        return true;
    }

    private Answer answer(Request request) {
        String path = request.getHttpURI().getCanonicalPath();
        if (path.equals("/dev/faults") && HttpMethod.POST.is(request.getMethod())) {
            return guarded(request, () -> faults.replace(request));
        }
        if (path.equals("/dev/redrive") && HttpMethod.POST.is(request.getMethod())) {
            return guarded(request, () -> queues.redrive(request));
        }
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            return Answer.text(HttpStatus.METHOD_NOT_ALLOWED_405, "Only GET and HEAD are answered here.");
        }
        return switch (path) {
            case LIBRARY -> library.answer();
            case "/dev/config" -> guarded(request, config::answer);
            case "/dev/faults" -> guarded(request, faults::answer);
            case "/dev/metrics" -> guarded(request, metrics::figures);
            case "/dev/queues" -> guarded(request, queues::depth);
            case "/dev/pushes" -> guarded(request, pushes::answer);
            case "/metrics" -> metrics.text();
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
