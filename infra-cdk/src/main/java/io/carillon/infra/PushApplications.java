package io.carillon.infra;

import io.carillon.deployment.ApplicationArn;
import io.carillon.push.Provider;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
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
            requireHere(provider, application.arn());
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

    /** Functions look for both in their own Region and account; where those are known, an error need not wait for AWS. */
    private void requireHere(Provider provider, String arn) {
        if (Token.isUnresolved(arn)) {
            return;
        }
        Stack stack = Stack.of(this);
        ArnComponents named = stack.splitArn(arn, ArnFormat.NO_RESOURCE_NAME);
        String region = Token.isUnresolved(stack.getRegion())
                ? props.twoRegions().map(TwoRegions::region).orElse(named.getRegion())
                : stack.getRegion();
        String account = Token.isUnresolved(stack.getAccount()) ? named.getAccount() : stack.getAccount();
        if (!region.equals(named.getRegion()) || !account.equals(named.getAccount())) {
            throw new IllegalArgumentException("push." + provider.text() + " must be in the Region and account of the"
                    + " stack, which are " + region + " and " + account + "; it was " + arn);
        }
    }

    /** Gives the ARN that the application will have: it is made of what is known before. */
    private String make(Provider provider, PushApplication.FromSecret secret, Code code) {
        CarillonFunction function = maker(code);
        String secretArn = secret.secretArn();
        function.allow(List.of("secretsmanager:GetSecretValue"), secretArn);
        // The secret may have any key; only Secrets Manager can use this, and only for that secret.
        function.allowWhere(
                Map.of(
                        "kms:ViaService",
                        "secretsmanager." + Aws.REGION + "." + Aws.URL_SUFFIX,
                        "kms:EncryptionContext:SecretARN",
                        secretArn),
                List.of("kms:Decrypt"),
                "*");
        String arn = arn(provider);
        CustomResource.Builder.create(this, provider.text())
                .resourceType("Custom::PlatformApplication")
                .serviceToken(function.live().getFunctionArn())
                .serviceTimeout(WAIT)
                .properties(new TreeMap<>(
                        Map.of("ApplicationArn", arn, "SecretArn", secretArn, "Revision", secret.revision())))
                // With an application go its endpoints, and devices register only when their apps start.
                .removalPolicy(props.production() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
                .build();
        return arn;
    }

    private String arn(Provider provider) {
        return "arn:" + Aws.PARTITION + ":sns:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":app/"
                + ApplicationArn.platform(provider) + "/" + props.pushApplicationName();
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
            // All that it can have made: one that leaves the stage's file is deleted after the policy has changed.
            function.allow(
                    List.of("sns:DeletePlatformApplication", "sns:SetPlatformApplicationAttributes"),
                    Arrays.stream(Provider.values()).map(this::arn).toArray(String[]::new));
            Explained.finding(
                    function.policy(),
                    "AwsSolutions-IAM5",
                    "The wildcards are also platform applications that are not there yet, and the unknown keys of"
                            + " secrets, as far as Secrets Manager decrypts these secrets with them.");
            // What Lambda held back for hours would change an application after the stack has gone back.
            function.live()
                    .configureAsyncInvoke(
                            EventInvokeConfigOptions.builder().maxEventAge(WAIT).build());
            maker = Optional.of(function);
        }
        return maker.get();
    }
}
