package io.carillon.local.template;

import io.carillon.local.template.Template.Resource;
import java.util.List;

/** What routes and stages of both kinds of APIs have in common. */
final class Routes {

    static final String ROUTE = "AWS::ApiGatewayV2::Route";
    private static final String INTEGRATION = "AWS::ApiGatewayV2::Integration";

    private Routes() {}

    /** Gives the logical id of the function that a route invokes. */
    static String function(Template template, Resource route) {
        Resource integration = template.named(route, "Target", INTEGRATION);
        if (!integration.text("IntegrationType").equals("AWS_PROXY")) {
            throw new InvalidTemplate(integration + " must have the IntegrationType AWS_PROXY, not "
                    + integration.text("IntegrationType"));
        }
        return template.named(integration, "IntegrationUri", DescribedFunction.TYPE)
                .id();
    }

    /** Gives an API's stage, without which nobody could reach it. */
    static Resource stage(Template template, Resource api) {
        List<Resource> stages = template.of(api, "AWS::ApiGatewayV2::Stage");
        if (stages.size() != 1) {
            throw new InvalidTemplate(api + " must have one stage, and has " + stages.size());
        }
        return stages.getFirst();
    }
}
