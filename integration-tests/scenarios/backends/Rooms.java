import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** A backend in Java: lets everybody into the rooms whose names are even. */
public final class Rooms implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> request, Context context) {
        String asked = context.getClientContext().getCustom().get("proxy");
        String channel = (String) request.get("channel");
        return channel.endsWith("even")
                ? Map.of("result", Map.of("data", Map.of("asked", asked)))
                : Map.of("error", Map.of("code", 403, "message", "odd"));
    }
}
