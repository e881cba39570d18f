package io.carillon.infra;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.route53.HealthCheck;
import software.amazon.awscdk.services.route53.HealthCheckType;
import software.amazon.awscdk.services.route53.IHealthCheck;
import software.constructs.Construct;

/** Says whether names lead to the primary Region: while its server API, and through it DynamoDB, answers in time. */
final class Failover extends Construct {

    /** Three checks half a minute apart; the functions count on that it takes longer than their {@code HealthFront.GAP}. */
    private static final int FAILURES = 3;

    private final IHealthCheck check;

    Failover(Construct scope, String id, String host, String path) {
        super(scope, id);
        check = HealthCheck.Builder.create(this, "Check")
                .type(HealthCheckType.HTTPS)
                .fqdn(host)
                .port(443)
                .resourcePath(path)
                .requestInterval(Duration.seconds(30))
                .failureThreshold(FAILURES)
                .build();
    }

    IHealthCheck check() {
        return check;
    }
}
