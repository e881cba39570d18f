package io.carillon.infra;

import io.carillon.config.BrowserHeaders;
import io.carillon.region.HealthFront;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.CorsHttpMethod;
import software.amazon.awscdk.services.apigatewayv2.CorsPreflightOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpRoute;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.route53.IHealthCheck;
import software.constructs.Construct;

/**
 * The HTTP API that backends call: {@code /api/publish} and its like, and all methods in one at {@code /api}; and below
 * {@code /connection/long_poll} clients that cannot use WebSocket.
 */
final class HttpFront extends Construct {

    /** Who called what when, and what came of it; neither bodies nor keys. */
    private static final String ACCESS_LOG = """
            {"requestId":"$context.requestId","time":"$context.requestTime","ip":"$context.identity.sourceIp",\
            "route":"$context.routeKey","path":"$context.path","status":"$context.status",\
            "latency":"$context.integrationLatency","error":"$context.integrationErrorMessage"}""";

    private static final String POLL_PATH = "/connection/long_poll/{action}";

    private final HttpApi api;
    private final CarillonProps props;
    private final Optional<IHealthCheck> healthCheck;

    HttpFront(Construct scope, String id, CarillonProps props) {
        super(scope, id);
        this.props = props;
        api = HttpApi.Builder.create(this, "Api")
                .apiName(props.prefix() + "http")
                .description("Carillon: the server API")
                .createDefaultStage(false)
                .corsPreflight(cors())
                .build();
        healthCheck = props.twoRegions()
                .filter(two -> two.role() == TwoRegions.Role.PRIMARY)
                .map(two -> new Failover(this, "Failover", host(), HealthFront.PATH).check());
    }

    /** Null where no origin can be matched, as CDK's builders want it. */
    private CorsPreflightOptions cors() {
        List<String> origins = props.config().corsOrigins();
        return origins.isEmpty()
                ? null
                : CorsPreflightOptions.builder()
                        .allowOrigins(origins)
                        .allowHeaders(BrowserHeaders.ALLOWED)
                        .allowMethods(List.of(CorsHttpMethod.ANY))
                        .maxAge(Duration.minutes(1))
                        .build();
    }

    /** Puts the functions behind the routes, and opens the stage. */
    void serve(IFunction serverApi, IFunction poll) {
        String key = "The function checks the API key, or a client's token, as Centrifugo's server API has it.";
        List<String> paths = props.pushApplications().isEmpty()
                ? List.of("/api", "/api/{method}")
                : List.of("/api", "/api/{method}", "/devices", "/devices/{id}");
        route("Api", serverApi, paths, key);
        String session = "The function checks the Origin, and the token as over WebSocket.";
        List<HttpRoute> polls = route("Poll", poll, List.of(POLL_PATH), session);
        if (props.twoRegions().isPresent()) {
            String open = "Route 53's health checkers have no key, and learn only whether this Region may serve.";
            route("Health", serverApi, List.of(HealthFront.PATH), open);
        }
        LogGroup logs = LogGroup.Builder.create(this, "Logs")
                .logGroupName("/aws/vendedlogs/apigateway/" + props.prefix() + "http")
                .retention(LogRetention.ofDays(props.logRetentionDays()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        HttpStage stage = HttpStage.Builder.create(this, "Stage")
                .httpApi(api)
                .stageName("$default")
                .autoDeploy(true)
                .throttle(props.httpThrottle().settings())
                .domainMapping(props.httpDomain()
                        .map(domain -> new Domain(this, "Domain", domain, props.twoRegions(), healthCheck).mapping())
                        .orElse(null))
                .build();
        CfnStage settings = (CfnStage) stage.getNode().getDefaultChild();
        settings.setAccessLogSettings(CfnStage.AccessLogSettingsProperty.builder()
                .destinationArn(logs.getLogGroupArn())
                .format(ACCESS_LOG)
                .build());
        throttle(settings, polls);
    }

    /** Strangers may open long-poll connections: whatever they do, it leaves room for backends to publish. */
    private void throttle(CfnStage stage, List<HttpRoute> polls) {
        Throttle half = props.httpThrottle().half();
        stage.setRouteSettings(Map.of(
                "ANY " + POLL_PATH,
                new TreeMap<>(Map.of(
                        "ThrottlingRateLimit", half.requestsPerSecond(),
                        "ThrottlingBurstLimit", half.burst()))));
        // CloudFormation knows no reference in a key, and API Gateway refuses settings of a route that is not there
        // yet.
        polls.forEach(stage.getNode()::addDependency);
    }

    private List<HttpRoute> route(String id, IFunction function, List<String> paths, String reason) {
        HttpLambdaIntegration integration = new HttpLambdaIntegration(id, function);
        List<HttpRoute> routes = paths.stream()
                .map(path -> AddRoutesOptions.builder()
                        .path(path)
                        .methods(List.of(HttpMethod.ANY))
                        .integration(integration)
                        .build())
                .flatMap(options -> api.addRoutes(options).stream())
                .toList();
        routes.forEach(route -> Explained.finding(route, "AwsSolutions-APIG4", reason));
        return routes;
    }

    /** Gives what says whether names lead here; none if there is no other Region, or this one is the other. */
    Optional<IHealthCheck> healthCheck() {
        return healthCheck;
    }

    String apiId() {
        return api.getApiId();
    }

    /** Gives what backends call, without {@code /api}. */
    String url() {
        return props.httpDomain().map(domain -> "https://" + domain.name()).orElseGet(() -> "https://" + host());
    }

    /** The API's own name, which never leads anywhere else. */
    private String host() {
        Stack stack = Stack.of(this);
        return api.getApiId() + ".execute-api." + stack.getRegion() + "." + stack.getUrlSuffix();
    }
}
