package io.carillon.deployment;

import io.carillon.events.aws.ResourceAnswer;
import io.carillon.events.aws.ResourceRequest;
import io.carillon.push.Provider;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a platform application from a secret, as a custom resource of a stack: {@code ApplicationArn} says which,
 * {@code SecretArn} where the credentials are, and a {@code Revision} that has grown that they are to be read again.
 * The credentials pass from Secrets Manager to SNS and nowhere else: they are in no template, no request and no log.
 *
 * <p>Each request can be repeated. Safe for use by several threads.
 */
public final class PlatformResource {

    /** What a resource is called that could not be made: there is nothing to take away when the stack rolls back. */
    private static final String NOT_MADE = "not-made";

    private static final Logger LOG = LoggerFactory.getLogger(PlatformResource.class);

    private final PlatformApplications applications;
    private final UnaryOperator<String> secrets;

    /**
     * Works with SNS and Secrets Manager.
     *
     * @param secrets gives the text of the secret with an ARN
     */
    public PlatformResource(PlatformApplications applications, UnaryOperator<String> secrets) {
        this.applications = applications;
        this.secrets = secrets;
    }

    /** Does what is asked, and says what became of it: nothing is thrown, or the deployment would wait for nobody. */
    public ResourceAnswer answer(ResourceRequest request) {
        String before = request.physicalId().isEmpty() ? NOT_MADE : request.physicalId();
        try {
            String now = switch (request.type()) {
                case CREATE -> put(request);
                case UPDATE -> isTakenBack(request) ? putBack(request, before) : put(request);
                case DELETE -> delete(request, before);
            };
            return ResourceAnswer.done(request, now);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("The platform application of {} could not be set up", request.logicalId(), e);
            return ResourceAnswer.failed(request, before, String.valueOf(e.getMessage()));
        }
    }

    private String put(ResourceRequest request) {
        String arn = property(request, "ApplicationArn");
        Provider provider = ApplicationArn.read(arn).provider();
        Map<String, String> attributes =
                PlatformCredentials.read(provider, secret(provider, property(request, "SecretArn")));
        try {
            applications.put(arn, attributes);
        } catch (RuntimeException e) {
            // Without the cause, whose text nobody has looked through and the log would show.
            throw new IllegalStateException("SNS does not take what is in the secret of push." + provider.text() + ": "
                    + withoutCredentials(String.valueOf(e.getMessage()), attributes));
        }
        LOG.info("The platform application {} has the credentials of its secret", arn);
        return arn;
    }

    /** A service may quote what it does not take. */
    private static String withoutCredentials(String message, Map<String, String> attributes) {
        if (message.contains("PRIVATE KEY") || message.contains("private_key")) {
            return "its answer quotes the credentials and is not shown";
        }
        String shown = message;
        for (String value : attributes.values()) {
            shown = shown.replace(value, "…");
        }
        return shown;
    }

    private String secret(Provider provider, String arn) {
        try {
            return secrets.apply(arn);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "The secret of push." + provider.text() + ", " + arn + ", cannot be read: it must be in the stack's"
                            + " Region and account, and named by its whole ARN with the six characters that Secrets"
                            + " Manager put behind its name: " + e.getMessage(),
                    e);
        }
    }

    /**
     * Deletes an application, if that is what is asked: where CloudFormation gave a creation up before it was answered, it
     * asks to delete a resource whose name it made up.
     */
    private String delete(ResourceRequest request, String named) {
        if (named.equals(request.properties().get("ApplicationArn"))) {
            applications.delete(named);
            LOG.info("The platform application {} is deleted", named);
        }
        return named;
    }

    /** Says whether CloudFormation takes back a change, which it tells by nothing but the properties of before. */
    private static boolean isTakenBack(ResourceRequest request) {
        return revision(request.properties()) < revision(request.oldProperties());
    }

    /**
     * Takes back a change as far as there is something to go back to. The secret holds no older credentials any more, and
     * reading the same again fails as the change itself may have done; with that the stack could go neither forward nor back.
     */
    private String putBack(ResourceRequest request, String before) {
        try {
            return put(request);
        } catch (RuntimeException e) {
            LOG.error("The platform application {} keeps the credentials that it has", before, e);
            return before;
        }
    }

    private static int revision(Map<String, String> properties) {
        return Integer.parseInt(properties.getOrDefault("Revision", "0"));
    }

    private static String property(ResourceRequest request, String name) {
        String value = request.properties().getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("The resource " + request.logicalId() + " has no " + name);
        }
        return value;
    }
}
