package io.carillon.local.aws.sns;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Signs what leaves SNS in an envelope, and says where its certificate is. The key is made when it is first asked for,
 * so that those who need none do not wait for it.
 *
 * <p>Safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html">Verifying signatures</a>
 */
final class Signer {

    /** Where the certificate is served: named as AWS names its own. */
    static final String CERTIFICATE_PATH = "/SimpleNotificationService-local.pem";

    /** In the order of their names, those that a message has not left out. */
    private static final List<String> OF_NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");

    private static final List<String> OF_CONFIRMATION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    private final Supplier<URI> endpoint;
    private final FutureTask<SigningKey> key = new FutureTask<>(SigningKey::make);

    Signer(Supplier<URI> endpoint) {
        this.endpoint = endpoint;
    }

    /** Gives the address of SNS with this path and query. */
    String address(String rest) {
        return endpoint.get() + rest;
    }

    /** Adds the signature to a message of which all else is there. */
    ObjectNode signed(ObjectNode message) {
        var names = message.path("Type").asText().equals("Notification") ? OF_NOTIFICATION : OF_CONFIRMATION;
        var text = new StringBuilder();
        for (var name : names) {
            if (message.has(name)) {
                text.append(name)
                        .append('\n')
                        .append(message.path(name).asText())
                        .append('\n');
            }
        }
        return message.put("SignatureVersion", "2")
                .put("Signature", key().sign(text.toString()))
                .put("SigningCertURL", address(CERTIFICATE_PATH));
    }

    String certificate() {
        return key().pem();
    }

    private SigningKey key() {
        key.run();
        try {
            return key.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the local SNS made its key", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }
}
