package io.carillon.local.aws.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.events.Json;
import io.carillon.local.lambda.FunctionError;
import io.carillon.local.lambda.FunctionThrottled;
import io.carillon.local.lambda.LambdaFunction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invokes the functions that subscribe to messages. SNS hands a message to Lambda's queue of events, and is done; Lambda
 * repeats what fails twice, a second apart here instead of one minute and two, and then forgets it.
 *
 * <p>Safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html">The event</a>
 */
final class FunctionDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(FunctionDelivery.class);

    private static final int ATTEMPTS = 3;
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final int NAME = 6;

    private final Envelope envelope;
    private final Map<String, LambdaFunction> functions = new ConcurrentHashMap<>();

    FunctionDelivery(Envelope envelope) {
        this.envelope = envelope;
    }

    /** Takes a function that is invoked by its name. */
    void serve(String name, LambdaFunction function) {
        functions.put(name, function);
    }

    /** Invokes a function, and says why Lambda did not take the message; nothing if it did. */
    Optional<String> deliver(Notification notification, Subscription subscription) {
        var name = subscription.endpoint().split(":")[NAME];
        var function = functions.get(name);
        if (function == null) {
            return Optional.of("there is no function " + name + " here");
        }
        invoke(function, event(notification, subscription));
        return Optional.empty();
    }

    private static void invoke(LambdaFunction function, byte[] event) {
        try {
            for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
                try {
                    function.invoke(event);
                    return;
                } catch (FunctionError | FunctionThrottled e) {
                    LOG.warn(
                            "The function {} failed ({} of {}): {}",
                            function.name(),
                            attempt,
                            ATTEMPTS,
                            e.getMessage());
                }
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] event(Notification notification, Subscription subscription) {
        try {
            var sns = (ObjectNode) Json.mapper().readTree(envelope.notification(notification, subscription));
            // The same as over HTTP, but for the spelling of two, and attributes that are always there.
            sns.set("SigningCertUrl", sns.remove("SigningCertURL"));
            sns.set("UnsubscribeUrl", sns.remove("UnsubscribeURL"));
            sns.withObject("MessageAttributes");
            var event = Json.mapper().createObjectNode();
            event.withArray("Records")
                    .addObject()
                    .put("EventSource", "aws:sns")
                    .put("EventVersion", "1.0")
                    .put("EventSubscriptionArn", subscription.arn())
                    .set("Sns", sns);
            return Json.write(event).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An envelope must always be readable", e);
        }
    }
}
