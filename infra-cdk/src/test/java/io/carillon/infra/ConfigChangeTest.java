package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.events.Json;
import io.carillon.infra.Synthesized.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * A change of the configuration reaches nothing that holds a connection or data: clients notice nothing of it. In brackets
 * after a type are the properties of a resource that is changed; all of them, as AWS documents, without replacing it.
 */
class ConfigChangeTest {

    private static final String BEFORE = """
            {"client": {"allowed_origins": ["https://old.example"]},
             "channel": {"without_namespace": {"history_size": 10, "history_ttl": "60s"}}}""";

    private static final Set<String> HOLDS_CONNECTIONS_OR_DATA = Set.of(
            "AWS::ApiGatewayV2::Route",
            "AWS::ApiGatewayV2::RouteResponse",
            "AWS::ApiGatewayV2::Integration",
            "AWS::ApiGatewayV2::Stage",
            "AWS::DynamoDB::GlobalTable",
            "AWS::SQS::Queue",
            "AWS::Lambda::EventSourceMapping");

    private static final Synthesized OLD = synthesize("before", BEFORE);

    @Test
    void shouldPublishNewVersionsAndNothingElseWhenOptionsChange() {
        // Given
        Synthesized after = synthesize("options", """
                {"client": {"allowed_origins": ["https://old.example"], "channel_limit": 5},
                 "channel": {"without_namespace": {"history_size": 20, "history_ttl": "60s"},
                             "namespaces": [{"name": "chat", "presence": true}]},
                 "carillon": {"shard_size": 50}}""");

        // Then
        assertThat(changes(after))
                .containsExactlyInAnyOrder(
                        "AWS::Lambda::Function [Environment]",
                        "AWS::Lambda::Version removed",
                        "AWS::Lambda::Version added",
                        "AWS::Lambda::Alias [FunctionVersion]");
    }

    @Test
    void shouldChangeCorsInPlaceWhenOriginsChange() {
        // Given
        Synthesized after = synthesize("origins", BEFORE.replace("old", "new"));

        // Then
        assertThat(changes(after))
                .containsExactlyInAnyOrder(
                        "AWS::ApiGatewayV2::Api [CorsConfiguration]",
                        "AWS::Lambda::Function [Environment]",
                        "AWS::Lambda::Version removed",
                        "AWS::Lambda::Version added",
                        "AWS::Lambda::Alias [FunctionVersion]");
    }

    @Test
    void shouldTakeAwayNothingButTheSecretWhenTokensGetAKeySet() {
        // Given
        Synthesized after = synthesize(
                "key-set",
                BEFORE.replace(
                        "\"client\": {",
                        "\"client\": {\"token\": {\"jwks_public_endpoint\": \"https://id.example/keys\"}, "));

        // Then: a role's policy no longer names the secret.
        assertThat(changes(after))
                .containsExactlyInAnyOrder(
                        "AWS::SecretsManager::Secret removed",
                        "AWS::IAM::Policy [PolicyDocument]",
                        "AWS::Lambda::Function [Environment]",
                        "AWS::Lambda::Version removed",
                        "AWS::Lambda::Version added",
                        "AWS::Lambda::Alias [FunctionVersion]");
    }

    @Test
    void shouldKeepWhateverHoldsConnectionsOrDataWhenEverythingChanges() {
        // Given
        Synthesized after = synthesize("everything", """
                {"client": {"allowed_origins": ["*"], "subscription_token": {"enabled": true},
                            "proxy": {"connect": {"enabled": true, "endpoint": "https://backend.example/connect"}}},
                 "channel": {"namespaces": [{"name": "chat", "presence": true}]},
                 "http_api": {"insecure": true},
                 "carillon": {"ping_interval": "300s", "post_quota": 500, "epoch_mark": "eu2", "events": ["connected"]}}""");

        // Then
        HOLDS_CONNECTIONS_OR_DATA.forEach(
                type -> assertThat(of(after, type)).as(type).isNotEmpty().isEqualTo(of(OLD, type)));
        assertThat(of(after, "AWS::ApiGatewayV2::Api").keySet())
                .isEqualTo(of(OLD, "AWS::ApiGatewayV2::Api").keySet());
        // A function that is replaced would be invoked by its old name's permission no more.
        assertThat(of(after, "AWS::Lambda::Alias").keySet())
                .isEqualTo(of(OLD, "AWS::Lambda::Alias").keySet());
    }

    /** Lists how resources differ, each kind of difference once. */
    private Set<String> changes(Synthesized after) {
        Map<String, Resource> old = all(OLD);
        Map<String, Resource> young = all(after);
        return Stream.concat(old.keySet().stream(), young.keySet().stream())
                .distinct()
                .flatMap(id -> change(old.get(id), young.get(id)))
                .collect(Collectors.toSet());
    }

    private static Stream<String> change(Resource old, Resource young) {
        if (old == null) {
            return Stream.of(young.type() + " added");
        }
        if (young == null) {
            return Stream.of(old.type() + " removed");
        }
        List<String> changed = Stream.concat(names(old.properties()), names(young.properties()))
                .distinct()
                .filter(name -> !Objects.equals(
                        old.properties().path(name), young.properties().path(name)))
                .sorted()
                .toList();
        assertThat(young.type()).as("the type of " + young.id()).isEqualTo(old.type());
        return changed.isEmpty() ? Stream.empty() : Stream.of(young.type() + " " + changed);
    }

    private static Stream<String> names(JsonNode properties) {
        return properties.properties().stream().map(Map.Entry::getKey);
    }

    private static Map<String, JsonNode> of(Synthesized stack, String type) {
        Map<String, JsonNode> found = new TreeMap<>();
        stack.resources(type).forEach(resource -> found.put(resource.id(), resource.properties()));
        return found;
    }

    private static Map<String, Resource> all(Synthesized stack) {
        return StreamSupport.stream(
                        stack.template().path("Resources").properties().spliterator(), false)
                .map(entry -> stack.resource(entry.getKey()))
                .collect(Collectors.toMap(Resource::id, resource -> resource));
    }

    private static Synthesized synthesize(String name, String config) {
        CarillonProps props = CarillonProps.builder(
                        "live", DeployedConfig.of(Json.read(config, ObjectNode.class)), Synthesized.functions())
                .build();
        return Synthesized.of(props, "config-change-" + name);
    }
}
