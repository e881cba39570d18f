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
                case UPDATE -> isTakenBack(request) ? before : put(request);
                case DELETE -> delete(before);
            };
            return ResourceAnswer.done(request, now);
        } catch (RuntimeException e) {
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
            throw new IllegalStateException(
                    "SNS does not take what is in the secret of push." + provider.text() + ": " + e.getMessage(), e);
        }
        LOG.info("The platform application {} has the credentials of its secret", arn);
        return arn;
    }

    private String secret(Provider provider, String arn) {
        try {
            return secrets.apply(arn);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "The secret of push." + provider.text() + ", " + arn + ", cannot be read: it must be in the stack's"
                            + " Region, under AWS's own key or one whose policy lets this function decrypt: "
                            + e.getMessage(),
                    e);
        }
    }

    private String delete(String arn) {
        if (!arn.equals(NOT_MADE)) {
            applications.delete(arn);
            LOG.info("The platform application {} is deleted", arn);
        }
        return arn;
    }

    /**
     * Says whether CloudFormation takes back a change, which it tells by nothing but the properties of before. The
     * credentials stay as they are: the secret holds no older ones any more, and reading the same again would fail as the
     * change itself may have done, with which the stack could go neither forward nor back.
     */
    private static boolean isTakenBack(ResourceRequest request) {
        return revision(request.properties()) < revision(request.oldProperties());
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
