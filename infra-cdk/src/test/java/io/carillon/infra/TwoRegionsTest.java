package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.PackedConfig;
import io.carillon.events.Json;
import io.carillon.infra.Synthesized.Resource;
import io.carillon.infra.TwoRegions.Role;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/** What is deployed to each of two Regions, and that nothing of it is where there is one. */
class TwoRegionsTest {

    private static final DeployedConfig PLAIN = DeployedConfig.of(Json.read("{}", JsonNode.class));
    private static final CustomDomain.HostedZone ZONE = new CustomDomain.HostedZone("Z0123456789", "example.com");

    private static CarillonProps props(Role role) {
        boolean first = role == Role.PRIMARY;
        String here = first ? "eu-west-1" : "us-east-1";
        String certificate = "arn:aws:acm:" + here + ":123456789012:certificate/0";
        return CarillonProps.builder(first ? "live-eu" : "live-us", PLAIN, Synthesized.functions())
                .production(true)
                .twoRegions(new TwoRegions(here, first ? "us-east-1" : "eu-west-1", first ? "eu1" : "us1", role))
                .webSocketDomain(new CustomDomain("ws.example.com", certificate, Optional.of(ZONE)))
                .httpDomain(new CustomDomain("api.example.com", certificate, Optional.of(ZONE)))
                .build();
    }

    private static Synthesized synthesized(Role role) {
        return Synthesized.of(props(role));
    }

    private static List<String> regions(Resource table) {
        return StreamSupport.stream(table.properties().path("Replicas").spliterator(), false)
                .map(replica -> replica.path("Region").asText())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void shouldCopyTheLogsToTheOtherRegionAndNothingThatBelongsToConnections(Role role) {
        // When
        Synthesized stage = synthesized(role);

        // Then
        assertThat(stage.resources("AWS::DynamoDB::GlobalTable")).hasSize(6).allSatisfy(table -> {
            String name = table.properties().path("TableName").asText();
            boolean copied = name.endsWith("-channels") || name.endsWith("-publications");
            assertThat(name).startsWith("carillon-" + (role == Role.PRIMARY ? "live-eu-" : "live-us-"));
            if (copied) {
                assertThat(regions(table)).containsExactlyInAnyOrder("eu-west-1", "us-east-1");
            } else {
                assertThat(table.properties().path("Replicas")).hasSize(1);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"PRIMARY, eu1", "SECONDARY, us1"})
    void shouldGiveEachRegionAMarkOfItsOwn(Role role, String mark) {
        // When
        List<String> marks = synthesized(role)
                .resources("AWS::Lambda::Function")
                .map(function -> function.properties()
                        .at("/Environment/Variables/CARILLON_CONFIG")
                        .asText())
                .filter(packed -> !packed.isEmpty())
                .map(packed -> Json.read(PackedConfig.unpack(packed), JsonNode.class)
                        .at("/carillon/epoch_mark")
                        .asText())
                .toList();

        // Then
        assertThat(marks).isNotEmpty().containsOnly(mark);
    }

    @Test
    void shouldPointBothNamesAtThePrimaryRegionWhileItIsHealthy() {
        // When
        Synthesized stage = synthesized(Role.PRIMARY);

        // Then
        Resource check =
                stage.resources("AWS::Route53::HealthCheck").findFirst().orElseThrow();
        JsonNode config = check.properties().path("HealthCheckConfig");
        assertThat(config.path("Type").asText()).isEqualTo("HTTPS");
        assertThat(config.path("ResourcePath").asText()).isEqualTo("/health");
        assertThat(config.path("FullyQualifiedDomainName").toString()).contains(".execute-api.eu-west-1.");
        assertThat(stage.resources("AWS::Route53::HealthCheck")).hasSize(1);
        assertThat(stage.resources("AWS::Route53::RecordSet")).hasSize(2).allSatisfy(record -> {
            assertThat(record.properties().path("Failover").asText()).isEqualTo("PRIMARY");
            assertThat(record.properties().path("SetIdentifier").asText()).isEqualTo("eu-west-1");
            assertThat(record.properties().at("/HealthCheckId").toString()).contains(check.id());
        });
        assertThat(stage.resource("AWS::ApiGatewayV2::Route", "RouteKey", "ANY /health"))
                .isNotNull();
    }

    @Test
    void shouldPointThemAtTheSecondaryRegionOtherwise() {
        // When
        Synthesized stage = synthesized(Role.SECONDARY);

        // Then
        assertThat(stage.resources("AWS::Route53::HealthCheck")).isEmpty();
        assertThat(stage.resources("AWS::Route53::RecordSet")).hasSize(2).allSatisfy(record -> {
            assertThat(record.properties().path("Failover").asText()).isEqualTo("SECONDARY");
            assertThat(record.properties().has("HealthCheckId")).isFalse();
        });
    }

    @Test
    void shouldDeployNoneOfItWhereThereIsOneRegion() {
        // When
        Synthesized dev = Synthesized.stage("dev");

        // Then
        assertThat(dev.resources("AWS::Route53::HealthCheck")).isEmpty();
        assertThat(dev.resources("AWS::DynamoDB::GlobalTable"))
                .allSatisfy(
                        table -> assertThat(table.properties().path("Replicas")).hasSize(1));
        assertThat(dev.resources("AWS::ApiGatewayV2::Route"))
                .noneMatch(route -> route.properties().path("RouteKey").asText().contains("/health"));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void shouldExplainEveryFinding(Role role) {
        // Given
        App app = new App(AppProps.builder()
                .outdir(Path.of("target", "nag", "two-" + role).toAbsolutePath().toString())
                .analyticsReporting(false)
                .build());
        CarillonStack stack = CarillonApp.add(app, props(role));
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().build());

        // When
        Annotations annotations = Annotations.fromStack(stack);

        // Then
        var any = Match.stringLikeRegexp("AwsSolutions-.*");
        assertThatCode(() -> annotations.hasNoError("*", any)).doesNotThrowAnyException();
        assertThatCode(() -> annotations.hasNoWarning("*", any)).doesNotThrowAnyException();
    }

    @Test
    void shouldReadTheStagesFile(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("live-us.yaml"), """
                two_regions: {region: us-east-1, other: eu-west-1, epoch_mark: us3, role: secondary}
                """);

        // When
        CarillonProps props = StageFile.read(file).props("live-us", PLAIN, Synthesized.functions());

        // Then
        assertThat(props.twoRegions()).contains(new TwoRegions("us-east-1", "eu-west-1", "us3", Role.SECONDARY));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {region: eu-west-1, other: us-east-1, epoch_mark: eu1}                   | needs region, other, epoch_mark and role
        {region: eu-west-1, other: us-east-1, epoch_mark: eu1, role: first}      | role must be primary or secondary
        {region: eu-west-1, other: eu-west-1, epoch_mark: eu1, role: primary}    | must be two Regions
        {region: Ireland, other: us-east-1, epoch_mark: eu1, role: primary}      | must be a Region, such as eu-west-1
        {region: eu-west-1, other: us-east-1, epoch_mark: EU-1, role: primary}   | must be 1 to 16 small letters and digits
        """)
    void shouldNameTheRemedyWhenTheStagesFileIsWrong(String section, String problem, @TempDir Path folder)
            throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("live.yaml"), "two_regions: " + section + "\n");

        // Then
        assertThatThrownBy(() -> StageFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void shouldRefuseTwoMarks() {
        // Given
        DeployedConfig marked = DeployedConfig.of(Json.read("{\"carillon\":{\"epoch_mark\":\"eu1\"}}", JsonNode.class));

        // Then
        assertThatThrownBy(() -> CarillonProps.builder("live", marked, Synthesized.functions())
                        .twoRegions(new TwoRegions("eu-west-1", "us-east-1", "eu1", Role.PRIMARY))
                        .build())
                .hasMessageContaining("remove carillon.epoch_mark");
    }
}
