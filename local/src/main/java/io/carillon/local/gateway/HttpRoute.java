package io.carillon.local.gateway;

import io.carillon.local.lambda.LambdaFunction;
import java.util.Map;

/**
 * A route of the HTTP API that matched.
 *
 * @param key route key, as events name it
 * @param parameters values of the path parameters, decoded
 * @param function what answers
 */
record HttpRoute(String key, Map<String, String> parameters, LambdaFunction function) {

    HttpRoute {
        parameters = Map.copyOf(parameters);
    }
}
