package io.carillon.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.AllowedOrigins;
import io.carillon.config.Config;
import io.carillon.config.Glob;
import io.carillon.connection.Revocations;
import io.carillon.connection.Standing;
import io.carillon.connection.TokenStamp;
import io.carillon.events.ApiError;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.events.PushRequest;
import io.carillon.events.PushResult;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.events.aws.HttpEvent;
import io.carillon.limit.Rate;
import io.carillon.token.ConnectionClaims;
import io.carillon.token.TokenVerifier;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets clients register their own device, with {@code POST /devices} and their connection token as bearer, and forget it
 * with {@code DELETE /devices/{id}}. A client names no user: that is the token's.
 *
 * <p>Answers 401 without a token that would open a connection, 403 for another user's device or a topic that clients may
 * not choose, 400 for what cannot be kept, 429 beyond the limit of the server API.
 *
 * <p>Safe for use by several threads.
 */
public final class DevicesFront {

    private static final String PATH = "/devices";
    private static final List<String> FIELDS = Stream.of(Body.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();
    private static final int MAX_BODY = 16 * 1024;

    private final Devices devices;
    private final DeviceRegistry registry;
    private final TokenVerifier tokens;
    private final Revocations revocations;
    private final List<Glob> topics;
    private final Rate rate;
    private final CrossOrigin crossOrigin;

    public DevicesFront(
            Devices devices,
            DeviceRegistry registry,
            TokenVerifier tokens,
            Revocations revocations,
            Config config,
            Rate rate) {
        this.devices = devices;
        this.registry = registry;
        this.tokens = tokens;
        this.revocations = revocations;
        this.topics =
                config.carillon().pushClientTopics().stream().map(Glob::of).toList();
        this.rate = rate;
        this.crossOrigin = new CrossOrigin(new AllowedOrigins(config.client()));
    }

    /** Whether a request is for this. */
    public static boolean serves(HttpEvent event) {
        return event.path().equals(PATH) || event.path().startsWith(PATH + "/");
    }

    /** What a client sends; topics are kept as they are if it sends none. */
    record Body(
            String id,
            String provider,
            String token,
            String platform,
            String locale,
            String timezone,
            List<String> topics) {

        /** Shows no token. */
        @Override
        public String toString() {
            return "Body[id=" + id + ", provider=" + provider + ", platform=" + platform + "]";
        }
    }

    /** Answers one request, also of a page that another origin served. */
    public HttpAnswer answer(HttpEvent event) {
        return crossOrigin.answer(event, () -> own(event));
    }

    private HttpAnswer own(HttpEvent event) {
        boolean posts = event.path().equals(PATH) && event.method().equals("POST");
        boolean deletes =
                event.path().length() > PATH.length() + 1 && event.method().equals("DELETE");
        if (!posts && !deletes) {
            return HttpAnswer.status(405);
        }
        Optional<ConnectionClaims> claims = claims(event.header("authorization"));
        if (claims.isEmpty()) {
            return HttpAnswer.status(401);
        }
        if (!rate.allows()) {
            return error(429, ApiError.TOO_MANY_REQUESTS);
        }
        String user = claims.get().user();
        try {
            return posts ? register(user, event) : remove(user, event.path().substring(PATH.length() + 1));
        } catch (MalformedJson e) {
            return error(400, ApiError.badRequest(e.getMessage()));
        } catch (PushRefused e) {
            return error(e.error().httpStatus(), e.error());
        }
    }

    private HttpAnswer register(String user, HttpEvent event) {
        if (!event.isText() || event.body().length() > MAX_BODY) {
            return error(413, ApiError.limitExceeded("the body is larger than " + MAX_BODY + " bytes, or not UTF-8"));
        }
        requireKnown(Json.read(event.body(), JsonNode.class));
        Body body = Json.read(event.body(), Body.class);
        List<String> asked = body.topics() == null ? List.of() : body.topics();
        for (String topic : asked) {
            if (topic == null || topics.stream().noneMatch(allowed -> allowed.matches(topic))) {
                throw new PushRefused(new ApiError(
                        103, "permission denied: carillon.push_client_topics does not let clients choose this topic"));
            }
        }
        Device wanted = Requested.device(new PushRequest.DeviceRegister(
                body.id(),
                body.provider(),
                body.token(),
                body.platform(),
                user,
                body.locale(),
                body.timezone(),
                asked,
                Map.of(),
                Map.of()));
        requireOwn(user, wanted);
        String id = registry.register(
                wanted.id(),
                wanted.provider(),
                wanted.token(),
                before -> new DeviceRegistry.Registration(body.topics() == null ? keeping(before, wanted) : wanted));
        return HttpAnswer.json(200, Json.write(new PushResult.DeviceRegister(id)));
    }

    /** A client that names a user, or tags, would believe that they are kept. */
    private static void requireKnown(JsonNode body) {
        body.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !FIELDS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw PushRefused.badRequest(
                            "POST /devices takes " + String.join(", ", FIELDS) + ", and no " + name);
                });
    }

    /** Another user's device is taken over only by whoever holds it, and so knows its token. */
    private void requireOwn(String user, Device wanted) {
        if (wanted.id().isEmpty()) {
            return;
        }
        devices.find(wanted.id())
                .filter(device -> !device.user().equals(user))
                .filter(device -> device.provider() != wanted.provider()
                        || !device.token().equals(wanted.token()))
                .ifPresent(device -> denied());
    }

    private static Device keeping(Optional<Device> before, Device wanted) {
        return before.filter(device -> device.user().equals(wanted.user()))
                .map(device -> new Device(
                        wanted.id(),
                        wanted.user(),
                        wanted.provider(),
                        wanted.token(),
                        wanted.platform(),
                        wanted.locale(),
                        wanted.timezone(),
                        device.topics(),
                        device.tags(),
                        device.meta(),
                        "",
                        0,
                        0))
                .orElse(wanted);
    }

    private HttpAnswer remove(String user, String id) {
        devices.find(id).ifPresent(device -> {
            if (!device.user().equals(user)) {
                denied();
            }
            registry.remove(device);
        });
        return HttpAnswer.json(200, "{}");
    }

    private static void denied() {
        throw new PushRefused(new ApiError(103, "permission denied: the device is another user's"));
    }

    private Optional<ConnectionClaims> claims(String header) {
        String[] parts = header.strip().split("\\s+");
        if (parts.length != 2 || !parts[0].equalsIgnoreCase("bearer")) {
            return Optional.empty();
        }
        return tokens.connection(parts[1]) instanceof ConnectionClaims claims
                        && !claims.user().isEmpty()
                        && revocations.of(claims.user(), new TokenStamp(claims.id(), claims.issuedAt()))
                                == Standing.GOOD
                ? Optional.of(claims)
                : Optional.empty();
    }

    private static HttpAnswer error(int status, ApiError error) {
        return HttpAnswer.json(status, Json.write(error));
    }
}
