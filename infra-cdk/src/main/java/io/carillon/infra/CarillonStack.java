package io.carillon.infra;

import io.carillon.config.SecretSection;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * A stack with nothing but Carillon in it, and what one needs to use it as outputs. A production stage's stack cannot be
 * deleted before the stage is made another.
 */
public final class CarillonStack extends Stack {

    private final Carillon carillon;

    /** Adds the stack of a stage to an app. */
    public CarillonStack(Construct scope, String id, StackProps stackProps, CarillonProps props) {
        super(scope, id, stackProps);
        carillon = new Carillon(this, "Carillon", props);
        if (props.production() && !props.monitoring().tellsSomebody()) {
            Annotations.of(this)
                    .addWarningV2(
                            "carillon:alarms",
                            "nobody is told of this production stage's alarms: set monitoring.alarm_email or"
                                    + " monitoring.alarm_topic_arn in stages/" + props.stage() + ".yaml");
        }
        output("WebSocketUrl", "What clients connect to", carillon.webSocketUrl());
        output("ServerApiUrl", "What backends call", carillon.httpUrl() + "/api");
        output("Dashboard", "Shows how it does", carillon.dashboardUrl());
        carillon.queues()
                .forEach((name, queue) -> output(
                        name,
                        name.endsWith("DeadLetters")
                                ? "Queue of what failed again and again"
                                : "Queue that ./carillon doctor and redrive look at",
                        queue.getQueueUrl()));
        carillon.secret(SecretSection.API).ifPresent(secret -> {
            output("ApiKeySecret", "Secret that holds the API key, as its member key", secret.getSecretName());
            output(
                    "Publish",
                    "Publishes to the channel news; needs the AWS CLI and jq",
                    publish(secret.getSecretName()));
        });
        carillon.secret(SecretSection.TOKEN)
                .ifPresent(secret -> output(
                        "TokenSecret",
                        "Secret whose member hmac_secret_key signs connection tokens",
                        secret.getSecretName()));
        carillon.secret(SecretSection.SUBSCRIPTION_TOKEN)
                .ifPresent(secret -> output(
                        "SubscriptionTokenSecret",
                        "Secret whose member hmac_secret_key signs subscription tokens",
                        secret.getSecretName()));
        carillon.secret(SecretSection.PROXIES)
                .ifPresent(secret -> output(
                        "ProxySecret",
                        "Secret to put the values of the proxies' static headers into: see docs/guides/proxies.md",
                        secret.getSecretName()));
    }

    private String publish(String secretName) {
        return "curl " + carillon.httpUrl() + "/api/publish -H \"X-API-Key: $(aws secretsmanager get-secret-value"
                + " --region " + getRegion() + " --secret-id " + secretName
                + " --query SecretString --output text | jq -r .key)\""
                + " -d '{\"channel\":\"news\",\"data\":{\"text\":\"Hello\"}}'";
    }

    private void output(String id, String description, String value) {
        CfnOutput.Builder.create(this, id).description(description).value(value).build();
    }

    /** Gives what the stack holds. */
    public Carillon carillon() {
        return carillon;
    }
}
