package io.carillon.sns;

import io.carillon.deployment.ApplicationArn;
import io.carillon.events.ApiError;
import io.carillon.push.Provider;
import io.carillon.push.PushGateway;
import io.carillon.push.PushRefused;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.EndpointDisabledException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PlatformApplicationDisabledException;
import software.amazon.awssdk.services.sns.model.SnsException;

/**
 * Reaches devices through SNS platform applications, one for each provider.
 *
 * <p>Safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/mobile-platform-endpoint.html">SNS: creating an endpoint</a>
 */
public final class SnsPushGateway implements PushGateway {

    /** How SNS says, in an error, which endpoint has a token already. */
    private static final Pattern EXISTING =
            Pattern.compile("Endpoint (arn:\\S+) already exists with the same [Tt]oken");

    /** How SNS says it of an endpoint that somebody has deleted. */
    private static final String GONE = "No endpoint found for the target arn";

    private static final Outcome ELSEWHERE = new Outcome.Refused("The device was registered with another platform"
            + " application, and is reached again when its app has started once");

    private static final String ENABLED = "Enabled";
    private static final String TOKEN = "Token";
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final SnsClient client;
    private final Map<Provider, String> applications;

    /**
     * Works with platform applications.
     *
     * @param applications their ARNs
     */
    public SnsPushGateway(SnsClient client, Map<Provider, String> applications) {
        this.client = client;
        this.applications = Map.copyOf(applications);
    }

    @Override
    public boolean serves(Provider provider) {
        return applications.containsKey(provider);
    }

    @Override
    public String endpoint(Provider provider, String token, Optional<String> known) {
        try {
            Optional<String> kept = known.filter(endpoint -> isOf(applications.get(provider), endpoint))
                    .flatMap(endpoint -> refreshed(endpoint, token));
            if (kept.isPresent()) {
                return kept.get();
            }
            String created = created(provider, token);
            // What existed already may be disabled, or gone again by now.
            return refreshed(created, token).orElseGet(() -> created(provider, token));
        } catch (InvalidParameterException e) {
            throw new PushRefused(
                    ApiError.badRequest("SNS does not take this token for " + provider.text() + ": " + message(e)));
        }
    }

    /** Gives an endpoint the token and enables it; empty if it is gone, or another one has the token. */
    private Optional<String> refreshed(String endpoint, String token) {
        try {
            Map<String, String> attributes = client.getEndpointAttributes(get -> get.endpointArn(endpoint))
                    .attributes();
            if (!token.equals(attributes.get(TOKEN)) || !"true".equalsIgnoreCase(attributes.get(ENABLED))) {
                client.setEndpointAttributes(
                        set -> set.endpointArn(endpoint).attributes(Map.of(TOKEN, token, ENABLED, "true")));
            }
            return Optional.of(endpoint);
        } catch (NotFoundException | InvalidParameterException e) {
            return Optional.empty();
        }
    }

    private String created(Provider provider, String token) {
        try {
            return client.createPlatformEndpoint(create -> create.platformApplicationArn(applications.get(provider))
                            .token(token))
                    .endpointArn();
        } catch (InvalidParameterException e) {
            // Somebody else has made it, with attributes of their own.
            Matcher existing = EXISTING.matcher(message(e));
            if (existing.find()) {
                return existing.group(1);
            }
            throw e;
        }
    }

    /** Leaves alone what belongs to an application of before, which the functions may not use any more. */
    @Override
    public void delete(String endpoint) {
        if (!isServed(endpoint)) {
            return;
        }
        try {
            client.deleteEndpoint(delete -> delete.endpointArn(endpoint));
        } catch (NotFoundException ignored) {
            // It is gone, which is all that was wanted.
        }
    }

    @Override
    public Outcome send(String endpoint, Message message) {
        if (!isServed(endpoint)) {
            return ELSEWHERE;
        }
        try {
            return new Outcome.Sent(client.publish(publish -> publish.targetArn(endpoint)
                            .messageStructure("json")
                            .message(message.body())
                            .messageAttributes(attributes(message.attributes())))
                    .messageId());
        } catch (EndpointDisabledException | NotFoundException e) {
            return new Outcome.Dead();
        } catch (InvalidParameterException e) {
            return message(e).contains(GONE) ? new Outcome.Dead() : new Outcome.Refused(message(e));
        } catch (PlatformApplicationDisabledException e) {
            return new Outcome.Later("the platform application is disabled: renew its credentials");
        } catch (SnsException e) {
            return isPassing(e) ? new Outcome.Later(message(e)) : new Outcome.Refused(message(e));
        } catch (SdkClientException e) {
            return new Outcome.Later(String.valueOf(e.getMessage()));
        }
    }

    private boolean isServed(String endpoint) {
        return applications.values().stream().anyMatch(application -> isOf(application, endpoint));
    }

    private static boolean isOf(String application, String endpoint) {
        return endpoint.startsWith(ApplicationArn.endpoints(application));
    }

    private static boolean isPassing(SnsException e) {
        return e.isThrottlingException() || e.statusCode() == TOO_MANY || e.statusCode() >= SERVER_ERROR;
    }

    private static String message(SnsException e) {
        return e.awsErrorDetails() == null
                ? String.valueOf(e.getMessage())
                : e.awsErrorDetails().errorMessage();
    }

    private static Map<String, MessageAttributeValue> attributes(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        one -> MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(one.getValue())
                                .build()));
    }
}
