package io.carillon.events.aws;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What CloudFormation asks of a custom resource: to make it, to change it, or to take it away. It invokes the function
 * without waiting, so Lambda invokes it up to twice more if it fails; the answer is a {@link ResourceAnswer} that is put
 * to {@code responseUrl}, and without one the deployment hangs until the resource's timeout.
 *
 * @param type what is to be done
 * @param responseUrl a presigned address in S3, which is a secret of the stack
 * @param requestId names this request
 * @param stackId the stack's ARN
 * @param logicalId the resource's name in the template
 * @param physicalId what the resource was answered to be; empty when it is to be made
 * @param properties as the template has them, each as text
 * @param oldProperties as the template had them; empty unless it is to be changed
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html">Custom resource
 *     requests</a>
 */
public record ResourceRequest(
        Type type,
        URI responseUrl,
        String requestId,
        String stackId,
        String logicalId,
        String physicalId,
        Map<String, String> properties,
        Map<String, String> oldProperties) {

    /** What is to be done. */
    public enum Type {
        CREATE,
        UPDATE,
        DELETE
    }

    /**
     * Reads the event.
     *
     * @throws MalformedJson if it is not such an event
     */
    public static ResourceRequest read(String text) {
        Wire wire = Json.read(text, Wire.class);
        return new ResourceRequest(
                type(Fields.text(wire.requestType())),
                responseUrl(Fields.text(wire.responseUrl())),
                Fields.text(wire.requestId()),
                Fields.text(wire.stackId()),
                Fields.text(wire.logicalResourceId()),
                Fields.text(wire.physicalResourceId()),
                texts(Optional.ofNullable(wire.resourceProperties())),
                texts(Optional.ofNullable(wire.oldResourceProperties())));
    }

    /** Leaves out the address, where whoever reads it could answer. */
    @Override
    public String toString() {
        return type + " of " + logicalId + " for " + requestId;
    }

    private static Type type(String text) {
        return switch (text) {
            case "Create" -> Type.CREATE;
            case "Update" -> Type.UPDATE;
            case "Delete" -> Type.DELETE;
            default -> throw new MalformedJson("not a request of CloudFormation: no RequestType");
        };
    }

    /** Says nothing of the text, which may be an address that lets anybody answer. */
    private static URI responseUrl(String text) {
        if (!text.startsWith("http")) {
            throw new MalformedJson("not a request of CloudFormation: no ResponseURL");
        }
        return URI.create(text);
    }

    private static Map<String, String> texts(Optional<JsonNode> properties) {
        Map<String, String> texts = new TreeMap<>();
        properties.ifPresent(all -> all.properties()
                .forEach(property ->
                        texts.put(property.getKey(), property.getValue().asText())));
        return Collections.unmodifiableMap(texts);
    }

    record Wire(
            @JsonProperty("RequestType") String requestType,
            @JsonProperty("ResponseURL") String responseUrl,
            @JsonProperty("RequestId") String requestId,
            @JsonProperty("StackId") String stackId,
            @JsonProperty("LogicalResourceId") String logicalResourceId,
            @JsonProperty("PhysicalResourceId") String physicalResourceId,
            @JsonProperty("ResourceProperties") JsonNode resourceProperties,
            @JsonProperty("OldResourceProperties") JsonNode oldResourceProperties) {}
}
