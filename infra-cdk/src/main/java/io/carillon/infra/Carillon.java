package io.carillon.infra;

import io.carillon.config.SecretSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * All of Carillon, as a construct for an app of your own:
 *
 * <pre>{@code
 * CarillonProps props = CarillonProps.builder("prod", DeployedConfig.read(Path.of("carillon.yaml")), functions)
 *         .production(true)
 *         .build();
 * Carillon realtime = new Carillon(this, "Realtime", props);
 * }</pre>
 *
 * <p>The names of its tables, functions and queues begin with {@code carillon-} and the stage, so a Region holds one
 * deployment of each stage.
 */
public final class Carillon extends Construct {

    private final WebSocketFront webSocket;
    private final HttpFront http;
    private final StoredSecrets secrets;
    private final Optional<Events> events;
    private final Watched watched;
    private final Alarms alarms;
    private final Dashboard dashboard;
    private final Map<String, CarillonFunction> functions = new LinkedHashMap<>();

    /**
     * Adds Carillon to a stack. A production stage's stack cannot be deleted before the stage is made another; a stack that
     * is not to be guarded can set its termination protection afterwards.
     *
     * @throws IllegalArgumentException if the app has the stage in this account and Region already
     */
    public Carillon(Construct scope, String id, CarillonProps props) {
        super(scope, id);
        StageNames.claim(this, props.stage());
        look(props);
        CarillonTables tables = new CarillonTables(this, "Tables", props);
        Mailboxes mailboxes = new Mailboxes(this, "Mailboxes", props);
        secrets = new StoredSecrets(this, "Secrets", props);
        webSocket = new WebSocketFront(this, "WebSocket", props);
        http = new HttpFront(this, "Http", props);

        Code code = Code.fromAsset(props.functions().toString());
        Map<String, String> environment = new TreeMap<>(Map.of(
                "CARILLON_CONFIG", props.config().packed(),
                "CARILLON_STAGE", props.stage(),
                "CARILLON_TABLE_PREFIX", props.prefix(),
                "CARILLON_MAILBOX_QUEUE_URL", mailboxes.queue().getQueueUrl(),
                "CARILLON_CALLBACK_URL", webSocket.callbackUrl(),
                "CARILLON_LOG_LEVEL", props.monitoring().logLevel()));
        Optional<EventsTopic> topic =
                props.config().asksForEvents() ? Optional.of(new EventsTopic(this, "Events", props)) : Optional.empty();
        topic.ifPresent(told ->
                environment.put("CARILLON_EVENTS_TOPIC_ARN", told.topic().getTopicArn()));
        Grants grants =
                new Grants(tables, mailboxes, webSocket, secrets, props.config().proxyFunctions());
        for (FunctionSpec spec : FunctionSpec.of(props)) {
            CarillonFunction function = new CarillonFunction(this, spec, props, code, environment);
            grants.to(function, spec);
            topic.ifPresent(told -> told.allow(function, spec));
            functions.put(spec.name(), function);
        }

        webSocket.serve(live("connect"), live("message"), live("disconnect"), http.healthCheck());
        http.serve(live("api"), live("poll"));
        new Delivery(this, "Delivery", props, mailboxes, functions.get("deliver"));
        Optional<Watched.Pushes> pushes = Optional.empty();
        if (!props.pushApplications().isEmpty()) {
            grants.tokens(functions.get("api"));
            PushApplications applications = new PushApplications(this, "PushApplications", props, code);
            pushes = Optional.of(new MobilePush(this, "MobilePush", props, applications, tables, functions).watched());
        }
        new HeartbeatSchedule(this, "Schedule", props, functions.get("heartbeat"));
        watched = new Watched(
                props.stage(),
                functions(),
                mailboxes.queue(),
                mailboxes.deadLetters(),
                pushes,
                webSocket.apiId(),
                http.apiId(),
                props.config().postQuota());
        alarms = new Alarms(this, "Alarms", props, watched, new AlarmTopics(this, "AlarmTopics", props));
        events = topic.map(told -> new Events(told, props, alarms));
        subscribe(props);
        dashboard = new Dashboard(this, "Dashboard", props, watched, alarms.all());
        props.tags().forEach((key, value) -> Tags.of(this).add(key, value));
        Tags.of(this).add("carillon:stage", props.stage());
    }

    /** Guards production, and warns of what must not stay as it is. */
    private void look(CarillonProps props) {
        if (props.production()) {
            guard(Stack.of(this));
        }
        for (String reason : props.config().open()) {
            Annotations.of(this)
                    .addWarningV2(
                            "carillon:everybody",
                            reason + ". Remove it before anybody relies on this stage; with production: true it is"
                                    + " refused");
        }
    }

    /** A stack that is deleted takes the functions and the APIs with it, even where its tables stay. */
    private static void guard(Stack stack) {
        Stack whole = stack;
        while (whole.getNestedStackParent() != null) {
            whole = whole.getNestedStackParent();
        }
        whole.setTerminationProtection(true);
    }

    private void subscribe(CarillonProps props) {
        for (int i = 0; i < props.eventSubscriptions().size(); i++) {
            events().add(CarillonProps.key(i), props.eventSubscriptions().get(i));
        }
    }

    private IFunction live(String name) {
        return functions.get(name).live();
    }

    /** Gives what clients connect to, as in {@code wss://a1b2c3.execute-api.eu-west-1.amazonaws.com/prod}. */
    public String webSocketUrl() {
        return webSocket.url();
    }

    /** Gives what backends call, without {@code /api}. */
    public String httpUrl() {
        return http.url();
    }

    /**
     * Gives what tells other systems of events, one line each:
     *
     * <pre>{@code
     * realtime.events().toQueue(queue);
     * }</pre>
     *
     * @throws IllegalStateException if the configuration asks for no events
     */
    public Events events() {
        return events.orElseThrow(() -> new IllegalStateException("The configuration asks for no events: list them in"
                + " carillon.events, or in a namespace's, such as \"events\": [\"publication\"]"));
    }

    /**
     * Lists the queues that mail or mobile push waits in, and where what failed ends: {@code MailboxQueue},
     * {@code MailboxDeadLetters}, and with mobile push {@code PushQueue} and {@code PushDeadLetters}.
     */
    public Map<String, IQueue> queues() {
        Map<String, IQueue> queues = new LinkedHashMap<>();
        queues.put("MailboxQueue", watched.mailboxes());
        queues.put("MailboxDeadLetters", watched.deadLetters());
        watched.pushes().ifPresent(pushes -> {
            queues.put("PushQueue", pushes.queue());
            queues.put("PushDeadLetters", pushes.deadLetters());
        });
        return queues;
    }

    /** Gives what opens the dashboard in AWS's console. */
    public String dashboardUrl() {
        return dashboard.url();
    }

    /** Lists the alarms, for an app of your own to tell somebody of them. */
    public List<Alarm> alarms() {
        return alarms.all();
    }

    /** Gives the secret of a section, for a backend of the same app to read; none if the configuration needs none. */
    public Optional<ISecret> secret(SecretSection section) {
        return secrets.of(section).map(secret -> (ISecret) secret);
    }

    /** Lists the functions as they are invoked, by the names {@code connect}, {@code message} and so on. */
    public Map<String, IFunction> functions() {
        Map<String, IFunction> live = new LinkedHashMap<>();
        functions.forEach((name, function) -> live.put(name, function.live()));
        return live;
    }
}
