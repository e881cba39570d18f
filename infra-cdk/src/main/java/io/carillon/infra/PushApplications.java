package io.carillon.infra;

import io.carillon.deployment.ApplicationArn;
import io.carillon.push.Provider;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/**
 * The platform applications of mobile push: those that are there, and those that the stack makes from secrets. Only for
 * the latter there is a function, which deployments invoke and nobody else.
 */
final class PushApplications extends Construct {

    /** Lambda repeats an invocation that failed after one minute and after two; CloudFormation waits for an hour else. */
    private static final Duration WAIT = Duration.minutes(5);

    private final CarillonProps props;
    private final Map<Provider, String> arns = new TreeMap<>();
    private Optional<CarillonFunction> maker = Optional.empty();

    PushApplications(Construct scope, String id, CarillonProps props, Code code) {
        super(scope, id);
        this.props = props;
        // Sorted, so that a template looks the same each time.
        new TreeMap<>(props.pushApplications()).forEach((provider, application) -> {
            switch (application) {
                case PushApplication.Existing(String arn) -> arns.put(provider, arn);
                case PushApplication.FromSecret secret -> arns.put(provider, make(provider, secret, code));
            }
        });
    }

    /** Lists the applications' ARNs, by provider. */
    Map<Provider, String> arns() {
        return Collections.unmodifiableMap(arns);
    }

    /** Gives the ARN that the application will have: it is made of what is known before, so nothing has to wait for it. */
    private String make(Provider provider, PushApplication.FromSecret secret, Code code) {
        String arn = "arn:" + Aws.PARTITION + ":sns:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":app/"
                + ApplicationArn.platform(provider) + "/" + props.prefix() + "push";
        CarillonFunction function = maker(code);
        function.allow(List.of("secretsmanager:GetSecretValue"), secret.secretArn());
        function.allow(List.of("sns:DeletePlatformApplication", "sns:SetPlatformApplicationAttributes"), arn);
        CustomResource.Builder.create(this, provider.text())
                .resourceType("Custom::PlatformApplication")
                .serviceToken(function.live().getFunctionArn())
                .serviceTimeout(WAIT)
                .properties(new TreeMap<>(
                        Map.of("ApplicationArn", arn, "SecretArn", secret.secretArn(), "Revision", secret.revision())))
                // With an application go its endpoints, and devices register only when their apps start.
                .removalPolicy(props.production() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
                .build();
        return arn;
    }

    private CarillonFunction maker(Code code) {
        if (maker.isEmpty()) {
            CarillonFunction function = new CarillonFunction(
                    this,
                    FunctionSpec.PLATFORMS,
                    props,
                    code,
                    Map.of("CARILLON_LOG_LEVEL", props.monitoring().logLevel()));
            // AWS knows no resource to allow this on: there is none yet.
            function.allow(List.of("sns:CreatePlatformApplication"), "*");
            maker = Optional.of(function);
        }
        return maker.get();
    }
}
