package io.carillon.infra;

import software.amazon.awscdk.services.apigatewayv2.DomainMappingOptions;
import software.amazon.awscdk.services.apigatewayv2.DomainName;
import software.amazon.awscdk.services.apigatewayv2.SecurityPolicy;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.route53.ARecord;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.RecordTarget;
import software.amazon.awscdk.services.route53.targets.ApiGatewayv2DomainProperties;
import software.constructs.Construct;

/** A name of one's own for an API, with its certificate, and its record where Route 53 has the zone. */
final class Domain extends Construct {

    private final DomainName name;

    Domain(Construct scope, String id, CustomDomain domain) {
        super(scope, id);
        name = DomainName.Builder.create(this, "Name")
                .domainName(domain.name())
                .certificate(Certificate.fromCertificateArn(this, "Certificate", domain.certificateArn()))
                .securityPolicy(SecurityPolicy.TLS_1_2)
                .build();
        domain.hostedZone()
                .ifPresent(zone -> ARecord.Builder.create(this, "Record")
                        .recordName(domain.name())
                        .zone(HostedZone.fromHostedZoneAttributes(
                                this,
                                "Zone",
                                HostedZoneAttributes.builder()
                                        .hostedZoneId(zone.id())
                                        .zoneName(zone.name())
                                        .build()))
                        .target(RecordTarget.fromAlias(new ApiGatewayv2DomainProperties(
                                name.getRegionalDomainName(), name.getRegionalHostedZoneId())))
                        .build());
    }

    DomainMappingOptions mapping() {
        return DomainMappingOptions.builder().domainName(name).build();
    }
}
