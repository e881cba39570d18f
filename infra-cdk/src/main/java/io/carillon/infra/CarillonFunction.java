package io.carillon.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * One function: its code, its role, its log group, and the alias {@code live}, which is what everything invokes.
 *
 * <p>Where there is SnapStart, it takes its snapshot when a version is published; a deployment that changes anything
 * publishes one, and moves the alias once the snapshot is there.
 */
final class CarillonFunction extends Construct {

    private final Function function;
    private final Alias live;
    private final Role role;
    private final Policy policy;

    CarillonFunction(Construct scope, FunctionSpec spec, CarillonProps props, Code code, Map<String, String> env) {
        super(scope, spec.constructId());
        String name = props.prefix() + spec.name();
        LogGroup logs = LogGroup.Builder.create(this, "Logs")
                .logGroupName("/aws/lambda/" + name)
                .retention(LogRetention.ofDays(props.logRetentionDays()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        role = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        policy = Policy.Builder.create(this, "Policy").roles(List.of(role)).build();
        allow(List.of("logs:CreateLogStream", "logs:PutLogEvents"), logs.getLogGroupArn());
        // X-Ray knows no resources to allow this on.
        allow(List.of("xray:PutTelemetryRecords", "xray:PutTraceSegments"), "*");
        Explained.finding(
                policy,
                "AwsSolutions-IAM5",
                "The wildcards are one log group's streams, the connections of one API, whose ids do not exist yet, and"
                        + " X-Ray, which has no resources.");
        function = Function.Builder.create(this, "Function")
                .functionName(name)
                .handler(spec.handler())
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .memorySize(spec.memoryMb())
                .timeout(spec.timeout())
                .code(code)
                .environment(env)
                // The policy says it all, X-Ray included; CDK would add a second one.
                .role(role.withoutPolicyUpdates())
                .tracing(Tracing.ACTIVE)
                .logGroup(logs)
                .snapStart(spec.snapStart() ? SnapStartConf.ON_PUBLISHED_VERSIONS : null)
                .build();
        Annotations.of(function)
                .acknowledgeWarning(
                        "@aws-cdk/aws-lambda:snapStartRequirePublish", "The alias live names a published version.");
        // A snapshot is taken by running the function's start, which reads what it may read.
        function.getCurrentVersion().getNode().addDependency(policy);
        live = Alias.Builder.create(this, "Live")
                .aliasName("live")
                .version(function.getCurrentVersion())
                .build();
    }

    /** Allows the function these actions on these resources, and nothing on any other. */
    void allow(List<String> actions, String... resources) {
        policy.addStatements(statement(actions, resources).build());
    }

    /** The same where each of these keys of a request has its value. */
    void allowWhere(Map<String, String> equal, List<String> actions, String... resources) {
        policy.addStatements(statement(actions, resources)
                .conditions(Map.of("StringEquals", new TreeMap<>(equal)))
                .build());
    }

    private static PolicyStatement.Builder statement(List<String> actions, String... resources) {
        return PolicyStatement.Builder.create()
                .effect(Effect.ALLOW)
                .actions(actions)
                .resources(List.of(resources));
    }

    Function function() {
        return function;
    }

    Alias live() {
        return live;
    }

    Policy policy() {
        return policy;
    }
}
