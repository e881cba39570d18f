package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.events.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** The construct in somebody else's app, and what a stage's file can say. */
class CarillonPropsTest {

    private static final DeployedConfig CONFIG = DeployedConfig.of(Json.read("{}", ObjectNode.class));

    @TempDir
    private Path folder;

    @Test
    void shouldFitIntoAnotherAppWithDomainsAndTags() {
        // Given
        CarillonProps props = CarillonProps.builder("live", CONFIG, Synthesized.functions())
                .webSocketDomain(new CustomDomain(
                        "ws.example.com",
                        "arn:aws:acm:eu-west-1:123456789012:certificate/a",
                        Optional.of(new CustomDomain.HostedZone("Z0123456789", "example.com"))))
                .tags(Map.of("team", "chat"))
                .build();
        Stack stack = new Stack(new App(), "Theirs");

        // When
        Carillon realtime = new Carillon(stack, "Realtime", props);

        // Then
        Template template = Template.fromStack(stack);
        template.resourceCountIs("AWS::ApiGatewayV2::DomainName", 1);
        template.resourceCountIs("AWS::Route53::RecordSet", 1);
        template.hasResourceProperties("AWS::ApiGatewayV2::ApiMapping", Map.of("Stage", "live"));
        assertThat(realtime.webSocketUrl()).isEqualTo("wss://ws.example.com");
        assertThat(realtime.functions()).containsKeys("connect", "deliver");
        assertThat(realtime.queues()).containsOnlyKeys("MailboxQueue", "MailboxDeadLetters");
        assertThat(tagged(template))
                .containsKeys(
                        "AWS::ApiGatewayV2::Api",
                        "AWS::ApiGatewayV2::Stage",
                        "AWS::DynamoDB::GlobalTable",
                        "AWS::IAM::Role",
                        "AWS::Lambda::Function",
                        "AWS::Logs::LogGroup",
                        "AWS::SQS::Queue",
                        "AWS::SecretsManager::Secret")
                .allSatisfy((type, tags) -> assertThat(tags)
                        .as(type)
                        .containsEntry("team", "chat")
                        .containsEntry("carillon:stage", "live"));
    }

    /** Gives what all resources of a type that has tags have in common. */
    private static Map<String, Map<String, String>> tagged(Template template) {
        JsonNode resources =
                Json.mapper().<JsonNode>valueToTree(template.toJSON()).path("Resources");
        Map<String, Map<String, String>> found = new TreeMap<>();
        resources.forEach(resource -> {
            JsonNode properties = resource.path("Properties");
            JsonNode tags = properties.path("Replicas").path(0).path("Tags");
            if (tags.isMissingNode()) {
                tags = properties.path("Tags");
            }
            if (!tags.isMissingNode()) {
                Map<String, String> all = new TreeMap<>();
                // The APIs have an object, all others a list.
                tags.properties()
                        .forEach(tag -> all.put(tag.getKey(), tag.getValue().asText()));
                if (tags.isArray()) {
                    tags.forEach(tag ->
                            all.put(tag.path("Key").asText(), tag.path("Value").asText()));
                }
                found.merge(resource.path("Type").asText(), all, (one, other) -> {
                    one.entrySet().retainAll(other.entrySet());
                    return one;
                });
            }
        });
        return found;
    }

    @Test
    void shouldShowInTheDocumentationAnAppThatCompiles() throws IOException {
        String app = Files.readString(Path.of("src/test/java/com/example/ChatApp.java"));

        assertThat(Path.of("..", "docs", "operations", "deploy.md")).content().contains("```java\n" + app + "```");
    }

    @Test
    void shouldGuardTheStackOfAProductionStage() {
        // Given
        CarillonProps.Builder builder = CarillonProps.builder("live", CONFIG, Synthesized.functions());
        Stack guarded = new Stack(new App(), "Theirs");
        Stack open = new Stack(new App(), "Theirs");
        Stack parent = new Stack(new App(), "Parent");

        // When
        new Carillon(guarded, "Realtime", builder.production(true).build());
        new Carillon(new NestedStack(parent, "Nested"), "Realtime", builder.build());
        new Carillon(open, "Realtime", builder.production(false).build());

        // Then
        assertThat(guarded.getTerminationProtection()).isTrue();
        assertThat(parent.getTerminationProtection()).isTrue();
        assertThat(open.getTerminationProtection()).isFalse();
    }

    @Test
    void shouldRefuseAStageThatTheAppHasAlreadyInTheSameAccountAndRegion() {
        // Given
        App app = new App();
        CarillonProps props =
                CarillonProps.builder("live", CONFIG, Synthesized.functions()).build();
        new Carillon(new Stack(app, "One", in("eu-west-1")), "Realtime", props);
        new Carillon(new Stack(app, "Elsewhere", in("us-east-1")), "Realtime", props);

        // Then
        assertThatThrownBy(() -> new Carillon(new Stack(app, "Two", in("eu-west-1")), "Realtime", props))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("stage live", "eu-west-1", "Two/Realtime", "stage of its own");
    }

    private static StackProps in(String region) {
        return StackProps.builder()
                .env(Environment.builder()
                        .account("123456789012")
                        .region(region)
                        .build())
                .build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            client.insecure                              | {"client":{"insecure":true}}
            client.insecure_skip_token_signature_verify  | {"client":{"insecure_skip_token_signature_verify":true}}
            http_api.insecure                            | {"http_api":{"insecure":true}}
            """)
    void shouldRefuseConfigurationThatLetsEverybodyInForProductionAndWarnElsewhere(String key, String json) {
        // Given
        DeployedConfig config = DeployedConfig.of(Json.read(json, ObjectNode.class));
        CarillonProps.Builder builder = CarillonProps.builder("live", config, Synthesized.functions());
        Stack stack = new Stack(new App(), "Theirs");

        // When
        new Carillon(stack, "Realtime", builder.build());

        // Then
        Annotations.fromStack(stack).hasWarning("/Theirs/Realtime", Match.stringLikeRegexp(key + " lets everybody"));
        assertThatThrownBy(() -> builder.production(true).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(key + " lets everybody", "Remove these keys");
    }

    @Test
    void shouldReadAStagesFile() throws IOException {
        // Given
        Files.createDirectories(folder.resolve("stages"));
        Files.writeString(folder.resolve("mine.yaml"), "channel: {}");
        Files.writeString(folder.resolve("stages").resolve("test.yaml"), """
                config: ../mine.yaml
                production: true
                deliver_concurrency: 20
                monitoring: {log_level: DEBUG, alarm_email: ops@example.com}
                http:
                  throttle: {requests_per_second: 5, burst: 6}
                  domain: {name: api.example.com, certificate_arn: "arn:aws:acm:eu-west-1:1:certificate/a"}
                """);

        // When
        CarillonProps props = CarillonApp.props(folder, "test", Optional.empty(), Path.of("code.zip"));

        // Then
        assertThat(props.production()).isTrue();
        assertThat(props.deliverConcurrency()).isEqualTo(20);
        assertThat(props.httpThrottle()).isEqualTo(new Throttle(5, 6));
        assertThat(props.httpDomain().orElseThrow().name()).isEqualTo("api.example.com");
        assertThat(props.logRetentionDays()).isEqualTo(30);
        assertThat(props.monitoring())
                .isEqualTo(new Monitoring("DEBUG", Optional.of("ops@example.com"), Optional.empty(), ""));
    }

    @Test
    void shouldNameAKeyThatNoStageHas() throws IOException {
        // Given
        Files.createDirectories(folder.resolve("stages"));
        Files.writeString(folder.resolve("stages").resolve("test.yaml"), "producton: true");

        // Then
        assertThatThrownBy(() -> CarillonApp.props(folder, "test", Optional.empty(), Path.of("code.zip")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("producton");
    }

    @Test
    void shouldRefuseWhatAwsWouldRefuseInTheMiddleOfADeployment() {
        assertThatThrownBy(() ->
                        CarillonProps.builder("Prod_1", CONFIG, Path.of("x")).build())
                .hasMessageContaining("lower-case");
        assertThatThrownBy(() -> CarillonProps.builder("prod", CONFIG, Path.of("x"))
                        .deliverConcurrency(1)
                        .build())
                .hasMessageContaining("2 to 1000");
        assertThatThrownBy(() -> new Monitoring("CHATTY", Optional.empty(), Optional.empty(), ""))
                .hasMessageContaining("TRACE");
        assertThatThrownBy(() -> new Monitoring("INFO", Optional.of("ops"), Optional.empty(), ""))
                .hasMessageContaining("ops@example.com");
        assertThatThrownBy(() -> new Monitoring("INFO", Optional.empty(), Optional.of("arn:aws:sqs:a:b:c"), ""))
                .hasMessageContaining("SNS topic");
        assertThatThrownBy(() -> LogRetention.ofDays(31)).hasMessageContaining("30");
    }
}
