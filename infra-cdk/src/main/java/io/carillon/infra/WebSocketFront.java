package io.carillon.infra;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_integrations.WebSocketLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRouteOptions;
import software.amazon.awscdk.services.apigatewayv2.WebSocketStage;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.route53.IHealthCheck;
import software.constructs.Construct;

/**
 * The WebSocket API that clients connect to. Every frame takes the route {@code $default}, which answers: there is one
 * protocol and no action to select a route by.
 */
final class WebSocketFront extends Construct {

    private final WebSocketApi api;
    private final String stageName;
    private final CarillonProps props;

    WebSocketFront(Construct scope, String id, CarillonProps props) {
        super(scope, id);
        this.props = props;
        this.stageName = props.stage();
        api = WebSocketApi.Builder.create(this, "Api")
                .apiName(props.prefix() + "websocket")
                .description("Carillon: connections of clients")
                .routeSelectionExpression("$request.body.action")
                .build();
    }

    /** Puts the functions behind the routes, and opens the stage. */
    void serve(IFunction connect, IFunction message, IFunction disconnect, Optional<IHealthCheck> check) {
        route("$connect", "Connect", connect, false);
        route("$default", "Message", message, true);
        route("$disconnect", "Disconnect", disconnect, false);
        WebSocketStage stage = WebSocketStage.Builder.create(this, "Stage")
                .webSocketApi(api)
                .stageName(stageName)
                .autoDeploy(true)
                .throttle(props.webSocketThrottle().settings())
                .domainMapping(props.webSocketDomain()
                        .map(domain -> new Domain(this, "Domain", domain, props.twoRegions(), check).mapping())
                        .orElse(null))
                .build();
        Explained.finding(
                stage,
                "AwsSolutions-APIG1",
                "An access log would have a line for every frame, and needs a role that belongs to the whole account;"
                        + " the functions log what matters.");
    }

    private void route(String key, String id, IFunction function, boolean answers) {
        var route = api.addRoute(
                key,
                WebSocketRouteOptions.builder()
                        .integration(new WebSocketLambdaIntegration(id, function))
                        .returnResponse(answers)
                        .build());
        Explained.finding(
                route,
                "AwsSolutions-APIG4",
                "The first frame carries the token, as Centrifugo's protocol has it; $connect checks the Origin.");
    }

    String apiId() {
        return api.getApiId();
    }

    /** Gives what functions call to post: the API's own address, as a custom domain may come and go. */
    String callbackUrl() {
        Stack stack = Stack.of(this);
        return "https://" + api.getApiId() + ".execute-api." + stack.getRegion() + "." + stack.getUrlSuffix() + "/"
                + stageName;
    }

    /** Gives what clients connect to. */
    String url() {
        Stack stack = Stack.of(this);
        return props.webSocketDomain()
                .map(domain -> "wss://" + domain.name())
                .orElseGet(() -> "wss://" + api.getApiId() + ".execute-api." + stack.getRegion() + "."
                        + stack.getUrlSuffix() + "/" + stageName);
    }

    /** Gives the ARNs of what may be done with this API's connections: {@code POST}, {@code GET} or {@code DELETE}. */
    List<String> connections(List<String> methods) {
        return methods.stream()
                .map(method -> Stack.of(this)
                        .formatArn(ArnComponents.builder()
                                .service("execute-api")
                                .resource(api.getApiId())
                                .resourceName(stageName + "/" + method + "/@connections/*")
                                .build()))
                .toList();
    }
}
