package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.delivery.MailRound;
import io.carillon.local.template.Template.Resource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads a template, and refuses what AWS would refuse and what would keep a function from starting. */
final class DescriptionReader {

    private static final String API = "AWS::ApiGatewayV2::Api";

    private final Template template;
    private final Resource socketApi;
    private final Map<String, DescribedFunction> functions;
    private final Map<String, DescribedQueue> queues;
    private final DescribedSocket socket;
    private final List<DescribedMapping> mappings;

    private DescriptionReader(Template template) {
        this.template = template;
        socketApi = template.only(API, "ProtocolType", "WEBSOCKET");
        functions = template.all(DescribedFunction.TYPE).stream()
                .filter(DescribedFunction::isOwn)
                .map(DescribedFunction::of)
                .collect(Collectors.toMap(DescribedFunction::id, Function.identity()));
        queues = template.all(DescribedQueue.TYPE).stream()
                .map(queue -> DescribedQueue.of(queue, template))
                .collect(Collectors.toMap(DescribedQueue::id, Function.identity()));
        socket = DescribedSocket.of(template, socketApi);
        requireOwn(socket.routes());
        mappings = template.all(DescribedMapping.TYPE).stream()
                .filter(mapping -> template.find(mapping.properties().path("FunctionName"), DescribedFunction.TYPE)
                        .filter(DescribedFunction::isOwn)
                        .isPresent())
                .map(mapping -> DescribedMapping.of(mapping, template))
                .toList();
    }

    static Description read(Template template) {
        return new DescriptionReader(template).read();
    }

    private Description read() {
        Environment environment = new EnvironmentReader(template, functions.values()).read();
        functions.values().forEach(this::requireCallback);
        mappings.forEach(this::requireLongerVisibility);
        DescribedQueue mailboxes = fed(environment.mailboxesId());
        mailboxes.requireMailboxes();
        requireRedrive(mailboxes, environment.deadLettersId());
        environment.push().ifPresent(push -> fed(push.queueId()));
        DescribedHttp http = DescribedHttp.of(template, template.only(API, "ProtocolType", "HTTP"));
        requireOwn(http.routes());
        return new Description(
                functions,
                queues,
                DescribedTable.TYPES.stream()
                        .flatMap(type -> template.all(type).stream())
                        .map(DescribedTable::of)
                        .toList(),
                socket,
                http,
                mappings,
                DescribedSchedule.of(template),
                new SubscriptionReader(template).read(environment.topic()),
                environment);
    }

    /** Lambda itself refuses such a mapping when it is made. */
    private void requireLongerVisibility(DescribedMapping mapping) {
        DescribedQueue queue = queues.get(mapping.queueId());
        DescribedFunction function = functions.get(mapping.functionId());
        if (queue.visibility().compareTo(function.timeout()) < 0) {
            throw new InvalidTemplate("the VisibilityTimeout of the queue " + queue.id() + " is "
                    + queue.visibility().toSeconds() + " s, and must be at least the Timeout of " + function
                    + ", which is " + function.timeout().toSeconds() + " s: Lambda refuses that mapping");
        }
    }

    /** Gives a queue that something must be done with the messages of. */
    private DescribedQueue fed(String queueId) {
        long mapped = mappings.stream()
                .filter(mapping -> mapping.queueId().equals(queueId))
                .count();
        if (mapped != 1) {
            throw new InvalidTemplate(
                    "the queue " + queueId + " must have one " + DescribedMapping.TYPE + ", and has " + mapped);
        }
        return queues.get(queueId);
    }

    /** The deliverer sets unreadable mail aside where the queue itself moves what is received too often. */
    private static void requireRedrive(DescribedQueue mailboxes, String deadLettersId) {
        if (!mailboxes
                .redrive()
                .map(redrive -> redrive.queueId().equals(deadLettersId))
                .orElse(false)) {
            throw new InvalidTemplate("the RedrivePolicy of the queue " + mailboxes.id() + " must move messages to "
                    + deadLettersId + ", as CARILLON_MAILBOX_DLQ_URL of the deliverer says");
        }
        int receives = mailboxes.redrive().orElseThrow().receives();
        if (receives != MailRound.RECEIVES) {
            throw new InvalidTemplate("the maxReceiveCount of the queue " + mailboxes.id() + " must be "
                    + MailRound.RECEIVES + ", not " + receives
                    + ": the deliverer tells of a mail that it gives up when it has received it so often");
        }
    }

    /** A template may have functions of somebody else's; none of them can answer Carillon's clients. */
    private void requireOwn(Map<String, String> routes) {
        routes.forEach((route, function) -> {
            if (!functions.containsKey(function)) {
                throw new InvalidTemplate(
                        "the route " + route + " leads to " + function + ", which is no function of Carillon's");
            }
        });
    }

    private void requireCallback(DescribedFunction function) {
        JsonNode url = function.variable("CARILLON_CALLBACK_URL");
        boolean ofApi = template.refersTo(url, socketApi);
        boolean ofStage = url.toString().contains("/" + socket.stage() + "\"");
        if (!ofApi || !ofStage) {
            throw new InvalidTemplate("CARILLON_CALLBACK_URL of " + function + " must be the address of " + socketApi
                    + " with its stage " + socket.stage());
        }
    }
}
