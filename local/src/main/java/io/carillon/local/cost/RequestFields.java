package io.carillon.local.cost;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/** Reads and sets fields of SDK requests by the service's own names, whatever the operation. */
final class RequestFields {

    private RequestFields() {}

    /** Gives the request with a field set; the request itself if it has no such field. */
    static SdkRequest with(SdkRequest request, String name, String value) {
        Optional<SdkField<?>> field = field(request, name);
        if (field.isEmpty()) {
            return request;
        }
        SdkRequest.Builder builder = request.toBuilder();
        field.get().set(builder, value);
        return builder.build();
    }

    static String text(SdkPojo pojo, String name) {
        return field(pojo, name)
                .map(field -> field.getValueOrDefault(pojo))
                .map(Object::toString)
                .orElse("");
    }

    /** Gives the objects in a field that holds one or a list of them. */
    static <T extends SdkPojo> List<T> objects(SdkPojo pojo, String name, Class<T> type) {
        Object value =
                field(pojo, name).map(field -> field.getValueOrDefault(pojo)).orElse(null);
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list.stream().map(type::cast).toList();
            default -> List.of(type.cast(value));
        };
    }

    private static Optional<SdkField<?>> field(SdkPojo pojo, String name) {
        return pojo.sdkFields().stream()
                .filter(field -> field.memberName().equals(name))
                .findFirst();
    }
}
