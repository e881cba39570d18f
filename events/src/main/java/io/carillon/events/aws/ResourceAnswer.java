package io.carillon.events.aws;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.carillon.events.Json;

/**
 * Tells CloudFormation what became of a {@link ResourceRequest}. It takes at most 4,096 bytes.
 *
 * @param status {@code SUCCESS} or {@code FAILED}
 * @param reason what the deployment shows; empty on success
 * @param physicalId what the resource is from now on. Another one than before has CloudFormation take the old one away
 *     in the end, so a request that failed must be answered with the one it came with.
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html">Custom resource
 *     responses</a>
 */
@JsonPropertyOrder({"Status", "Reason", "PhysicalResourceId", "StackId", "RequestId", "LogicalResourceId"})
public record ResourceAnswer(
        @JsonProperty("Status") String status,
        @JsonProperty("Reason") String reason,
        @JsonProperty("PhysicalResourceId") String physicalId,
        @JsonProperty("StackId") String stackId,
        @JsonProperty("RequestId") String requestId,
        @JsonProperty("LogicalResourceId") String logicalId) {

    private static final int LONGEST_REASON = 1_000;

    /** Says that it is done. */
    public static ResourceAnswer done(ResourceRequest request, String physicalId) {
        return of(request, "SUCCESS", "", physicalId);
    }

    /** Says why it is not done; a long reason is cut to 1,000 characters. */
    public static ResourceAnswer failed(ResourceRequest request, String physicalId, String reason) {
        String fits = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        return of(request, "FAILED", fits, physicalId);
    }

    private static ResourceAnswer of(ResourceRequest request, String status, String reason, String physicalId) {
        return new ResourceAnswer(
                status, reason, physicalId, request.stackId(), request.requestId(), request.logicalId());
    }

    /** Says whether it is done. */
    public boolean succeeded() {
        return status.equals("SUCCESS");
    }

    /** Writes what is put to the request's address. */
    public String write() {
        return Json.write(this);
    }
}
