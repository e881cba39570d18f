package io.carillon.infra;

import java.util.List;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.constructs.Construct;

/** Invokes the heartbeat every minute. */
final class HeartbeatSchedule extends Construct {

    /** A beat names the minute it is for, so a late one still pings who was due; one of five minutes ago is history. */
    private static final int OLDEST_SECONDS = 300;

    HeartbeatSchedule(Construct scope, String id, CarillonProps props, CarillonFunction heartbeat) {
        super(scope, id);
        Role role = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("scheduler.amazonaws.com"))
                .build();
        Policy policy = Policy.Builder.create(this, "Policy")
                .roles(List.of(role))
                .statements(List.of(PolicyStatement.Builder.create()
                        .actions(List.of("lambda:InvokeFunction"))
                        .resources(List.of(heartbeat.live().getFunctionArn()))
                        .build()))
                .build();
        CfnSchedule schedule = CfnSchedule.Builder.create(this, "EveryMinute")
                .name(props.prefix() + "heartbeat")
                .description("Carillon: pings the connections that are due, and removes the dead")
                .scheduleExpression("rate(1 minute)")
                .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder()
                        .mode("OFF")
                        .build())
                // No input: the function wants the event that Scheduler makes up, with the time.
                .target(CfnSchedule.TargetProperty.builder()
                        .arn(heartbeat.live().getFunctionArn())
                        .roleArn(role.getRoleArn())
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder()
                                .maximumRetryAttempts(2)
                                .maximumEventAgeInSeconds(OLDEST_SECONDS)
                                .build())
                        .build())
                .build();
        schedule.getNode().addDependency(policy);
    }
}
