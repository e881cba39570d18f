package io.carillon.testing;

/** The lines of a frame that tests need most: commands of a client, and what the server answers. */
public final class Say {

    private Say() {}

    public static String connect(String token) {
        return "{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}";
    }

    public static String subscribe(int id, String channel) {
        return "{\"id\":%d,\"subscribe\":{\"channel\":\"%s\"}}".formatted(id, channel);
    }

    /** Subscribes with further members, such as {@code "recover":true}. */
    public static String subscribe(int id, String channel, String members) {
        return "{\"id\":%d,\"subscribe\":{\"channel\":\"%s\",%s}}".formatted(id, channel, members);
    }

    public static String unsubscribe(int id, String channel) {
        return "{\"id\":%d,\"unsubscribe\":{\"channel\":\"%s\"}}".formatted(id, channel);
    }

    public static String publish(int id, String channel, String data) {
        return "{\"id\":%d,\"publish\":{\"channel\":\"%s\",\"data\":%s}}".formatted(id, channel, data);
    }

    public static String error(int id, int code, String message) {
        return "{\"id\":%d,\"error\":{\"code\":%d,\"message\":\"%s\"}}".formatted(id, code, message);
    }

    public static String temporary(int id, int code, String message) {
        return "{\"id\":%d,\"error\":{\"code\":%d,\"message\":\"%s\",\"temporary\":true}}".formatted(id, code, message);
    }

    public static String done(int id, String command) {
        return "{\"id\":%d,\"%s\":{}}".formatted(id, command);
    }

    public static String disconnect(int code, String reason) {
        return "{\"push\":{\"disconnect\":{\"code\":%d,\"reason\":\"%s\"}}}".formatted(code, reason);
    }

    public static String unsubscribed(String channel, int code, String reason) {
        return "{\"push\":{\"channel\":\"%s\",\"unsubscribe\":{\"code\":%d,\"reason\":\"%s\"}}}"
                .formatted(channel, code, reason);
    }
}
