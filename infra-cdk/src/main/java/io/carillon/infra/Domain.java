package io.carillon.infra;

import java.util.Optional;
import software.amazon.awscdk.services.apigatewayv2.DomainMappingOptions;
import software.amazon.awscdk.services.apigatewayv2.DomainName;
import software.amazon.awscdk.services.apigatewayv2.SecurityPolicy;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.route53.ARecord;
import software.amazon.awscdk.services.route53.CfnRecordSet;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.IHealthCheck;
import software.amazon.awscdk.services.route53.RecordTarget;
import software.amazon.awscdk.services.route53.targets.ApiGatewayv2DomainProperties;
import software.constructs.Construct;

/** A name of one's own for an API, with its certificate, and its record where Route 53 has the zone. */
final class Domain extends Construct {

    private final DomainName name;

    /**
     * Makes the name.
     *
     * @param regions says where else the name may lead
     * @param check says whether it leads here
     */
    Domain(
            Construct scope,
            String id,
            CustomDomain domain,
            Optional<TwoRegions> regions,
            Optional<IHealthCheck> check) {
        super(scope, id);
        name = DomainName.Builder.create(this, "Name")
                .domainName(domain.name())
                .certificate(Certificate.fromCertificateArn(this, "Certificate", domain.certificateArn()))
                .securityPolicy(SecurityPolicy.TLS_1_2)
                .build();
        domain.hostedZone()
                .ifPresent(zone ->
                        regions.ifPresentOrElse(two -> failover(domain, zone, two, check), () -> record(domain, zone)));
    }

    private void record(CustomDomain domain, CustomDomain.HostedZone zone) {
        ARecord.Builder.create(this, "Record")
                .recordName(domain.name())
                .zone(HostedZone.fromHostedZoneAttributes(
                        this,
                        "Zone",
                        HostedZoneAttributes.builder()
                                .hostedZoneId(zone.id())
                                .zoneName(zone.name())
                                .build()))
                .target(RecordTarget.fromAlias(
                        new ApiGatewayv2DomainProperties(name.getRegionalDomainName(), name.getRegionalHostedZoneId())))
                .build();
    }

    /** Failover records must evaluate their target's health, which CDK's target for API Gateway cannot be told. */
    private void failover(
            CustomDomain domain, CustomDomain.HostedZone zone, TwoRegions two, Optional<IHealthCheck> check) {
        CfnRecordSet.Builder.create(this, "Record")
                .name(domain.name() + ".")
                .type("A")
                .hostedZoneId(zone.id())
                .aliasTarget(CfnRecordSet.AliasTargetProperty.builder()
                        .dnsName(name.getRegionalDomainName())
                        .hostedZoneId(name.getRegionalHostedZoneId())
                        .evaluateTargetHealth(true)
                        .build())
                .setIdentifier(two.region())
                .failover(two.role().name())
                .healthCheckId(check.map(IHealthCheck::getHealthCheckId).orElse(null))
                .build();
    }

    DomainMappingOptions mapping() {
        return DomainMappingOptions.builder().domainName(name).build();
    }
}
