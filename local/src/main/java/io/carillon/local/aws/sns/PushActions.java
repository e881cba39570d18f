package io.carillon.local.aws.sns;

import java.util.function.Consumer;

/** Answers the actions of SNS that concern mobile push. */
final class PushActions {

    private final Platforms platforms;
    private final PushDelivery delivery;

    PushActions(Platforms platforms, PushDelivery delivery) {
        this.platforms = platforms;
        this.delivery = delivery;
    }

    Consumer<XmlReply> createPlatformApplication(QueryParameters request) {
        var arn = platforms.createApplication(
                request.required("Name"), request.required("Platform"), request.entries("Attributes"));
        return result -> result.element("PlatformApplicationArn", arn);
    }

    Consumer<XmlReply> setPlatformApplicationAttributes(QueryParameters request) {
        platforms.changeApplication(request.required("PlatformApplicationArn"), request.entries("Attributes"));
        return result -> {};
    }

    Consumer<XmlReply> deletePlatformApplication(QueryParameters request) {
        platforms.deleteApplication(request.required("PlatformApplicationArn"));
        return result -> {};
    }

    Consumer<XmlReply> createPlatformEndpoint(QueryParameters request) {
        var arn = platforms.createEndpoint(
                request.required("PlatformApplicationArn"),
                request.required("Token"),
                request.optional("CustomUserData"),
                !request.entries("Attributes").getOrDefault("Enabled", "true").equals("false"));
        return result -> result.element("EndpointArn", arn);
    }

    Consumer<XmlReply> getEndpointAttributes(QueryParameters request) {
        var endpoint = platforms.endpoint(request.required("EndpointArn"));
        return result -> result.element("Attributes", list -> {
            entry(list, "Enabled", Boolean.toString(endpoint.enabled()));
            entry(list, "Token", endpoint.token());
            if (!endpoint.userData().isEmpty()) {
                entry(list, "CustomUserData", endpoint.userData());
            }
        });
    }

    Consumer<XmlReply> setEndpointAttributes(QueryParameters request) {
        platforms.change(request.required("EndpointArn"), request.entries("Attributes"));
        return result -> {};
    }

    Consumer<XmlReply> deleteEndpoint(QueryParameters request) {
        platforms.delete(request.required("EndpointArn"));
        return result -> {};
    }

    Consumer<XmlReply> publish(QueryParameters request) {
        var id = delivery.publish(request.required("TargetArn"), request);
        return result -> result.element("MessageId", id);
    }

    private static void entry(XmlReply list, String key, String value) {
        list.element("entry", entry -> entry.element("key", key).element("value", value));
    }
}
