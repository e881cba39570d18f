package io.carillon.lambda;

import io.carillon.config.ProxyConfig;
import io.carillon.events.Json;
import io.carillon.proxy.Backend;
import io.carillon.proxy.BackendFailure;
import io.carillon.proxy.Backends;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * Reaches backends that are Lambda functions, in any Region: the request is the event, what the function returns is the
 * answer. The client context's {@code custom} says in {@code proxy} what is asked, so that one function can answer
 * everything, and holds the headers by their names in lower case.
 *
 * <p>Safe for use by several threads. A function that throws, is throttled or takes too long has failed.
 */
public final class LambdaBackends implements Backends {

    /** The place of the Region in an ARN. */
    private static final int REGION = 3;

    /** Lambda takes no longer client context, in base64. */
    private static final int LARGEST_CONTEXT = 3583;

    /** Holds the type and the message, and the first lines of the trace, which is the rest of what Lambda says. */
    private static final int LONGEST_REASON = 500;

    private static final int HEADERS_TOO_LARGE = 431;

    private final Function<Region, LambdaClient> clients;
    private final Map<Region, LambdaClient> built = new ConcurrentHashMap<>();

    /** Takes what builds a client for a Region; each is built once, when it is needed. */
    public LambdaBackends(Function<Region, LambdaClient> clients) {
        this.clients = clients;
    }

    @Override
    public Backend at(ProxyConfig config) {
        Region region = Region.of(config.endpoint().split(":")[REGION]);
        return (kind, request, headers) ->
                invoke(config, built.computeIfAbsent(region, clients), kind, request, headers);
    }

    private static String invoke(
            ProxyConfig config, LambdaClient client, String kind, String event, Map<String, String> headers) {
        String context = context(kind, headers);
        if (context.length() > LARGEST_CONTEXT) {
            // Clients choose what stands in it, and must not be able to make a backend look broken.
            throw BackendFailure.status(HEADERS_TOO_LARGE);
        }
        InvokeResponse response;
        try {
            response = client.invoke(request -> request.functionName(config.endpoint())
                    .invocationType(InvocationType.REQUEST_RESPONSE)
                    .clientContext(context)
                    .payload(SdkBytes.fromUtf8String(event))
                    .overrideConfiguration(override -> override.apiCallTimeout(config.timeout())));
        } catch (SdkException e) {
            throw new BackendFailure("it could not be invoked: " + e.getMessage(), e);
        }
        String answer = response.payload() == null ? "" : response.payload().asUtf8String();
        if (response.functionError() != null) {
            throw new BackendFailure("it failed: " + shortened(answer));
        }
        return answer;
    }

    private static String context(String kind, Map<String, String> headers) {
        Map<String, String> custom = new HashMap<>(headers);
        custom.put("proxy", kind);
        String json = Json.write(Map.of("custom", custom));
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text;
    }
}
