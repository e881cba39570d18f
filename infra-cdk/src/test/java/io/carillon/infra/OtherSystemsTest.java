package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.carillon.events.Json;
import org.junit.jupiter.api.Test;

/** What is deployed for events and proxies, and only where the configuration asks. */
class OtherSystemsTest {

    private static final String FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:chat-backend";

    @Test
    void shouldDeployATopicThatAllButOneFunctionMayPublishTo() throws JsonProcessingException {
        // Given
        Synthesized asked =
                stage("events", "{\"channel\":{\"without_namespace\":{\"carillon\":{\"events\":[\"occupied\"]}}}}");

        // Then
        assertThat(asked.resources("AWS::SNS::Topic"))
                .singleElement()
                .satisfies(topic -> assertThat(
                                topic.properties().path("SignatureVersion").asText())
                        .isEqualTo("2"));
        assertThat(asked.resources("AWS::Lambda::Function"))
                .allMatch(function -> function.properties().toString().contains("CARILLON_EVENTS_TOPIC_ARN"));
        assertThat(asked.resources("AWS::IAM::Policy")
                        .filter(policy -> policy.properties().toString().contains("sns:Publish")))
                .hasSize(6);
    }

    @Test
    void shouldLetTheAskingFunctionsInvokeTheApplications() throws JsonProcessingException {
        // Given
        Synthesized asked = stage("proxies", "{\"proxies\":[{\"name\":\"fn\",\"endpoint\":\"" + FUNCTION + "\"}]}");

        // Then: message, poll and heartbeat.
        assertThat(asked.resources("AWS::IAM::Policy")
                        .filter(policy -> policy.properties().toString().contains(FUNCTION)))
                .hasSize(3);
    }

    @Test
    void shouldDeployNoTopicWhenNobodyAsks() {
        // Given
        Synthesized plain = Synthesized.stage("dev");

        // Then
        assertThat(plain.resources("AWS::SNS::Topic")).isEmpty();
        assertThat(plain.resources("AWS::IAM::Policy"))
                .noneMatch(policy -> policy.properties().toString().contains("sns:Publish"));
    }

    private static Synthesized stage(String name, String config) throws JsonProcessingException {
        DeployedConfig deployed = DeployedConfig.of(Json.mapper().readTree(config));
        return Synthesized.of(
                CarillonProps.builder(name, deployed, Synthesized.functions()).build());
    }
}
