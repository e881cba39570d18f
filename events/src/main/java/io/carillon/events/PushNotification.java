package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * A notification: what all platforms share, and what one of them gets beside or instead.
 *
 * @param uid names the notification, so that nobody gets it twice; empty for a new name
 * @param expireAt when to stop trying, in seconds since 1970; 0 for never
 * @param title the first line that the user sees
 * @param body what the user sees below it
 * @param data what the app gets
 * @param collapseKey a later notification with the same key replaces this one
 * @param ttl how long the platform keeps it for a device that is off, in seconds; 0 for the platform's own time
 * @param fcm what FCM gets
 * @param apns what APNs gets
 */
public record PushNotification(
        String uid,
        @JsonProperty("expire_at") long expireAt,
        String title,
        String body,
        Map<String, String> data,
        @JsonProperty("collapse_key") String collapseKey,
        long ttl,
        Fcm fcm,
        Apns apns) {

    /** Says nothing. */
    public static final PushNotification NONE =
            new PushNotification("", 0, "", "", Map.of(), "", 0, Fcm.NONE, Apns.NONE);

    public PushNotification {
        uid = Absent.text(uid);
        title = Absent.text(title);
        body = Absent.text(body);
        data = Absent.map(data);
        collapseKey = Absent.text(collapseKey);
        fcm = fcm == null ? Fcm.NONE : fcm;
        apns = apns == null ? Apns.NONE : apns;
    }

    /** The same under a name. */
    public PushNotification named(String name) {
        return new PushNotification(name, expireAt, title, body, data, collapseKey, ttl, fcm, apns);
    }

    /** The same with other texts. */
    public PushNotification worded(
            String newTitle, String newBody, Map<String, String> newData, RawJson fcmMessage, RawJson apnsPayload) {
        return new PushNotification(
                uid,
                expireAt,
                newTitle,
                newBody,
                newData,
                collapseKey,
                ttl,
                new Fcm(fcmMessage),
                new Apns(apns.headers(), apnsPayload));
    }

    /** Whether there is something that all platforms share. */
    public boolean isShared() {
        return !title.isEmpty() || !body.isEmpty() || !data.isEmpty();
    }

    /** Shows no text that a user sees, nor what the app gets. */
    @Override
    public String toString() {
        return "PushNotification[uid=" + uid + ", expireAt=" + expireAt + ", title=" + Hidden.text(title) + ", body="
                + Hidden.text(body) + ", data=" + Hidden.values(data) + ", ttl=" + ttl + ", fcm=" + fcm + ", apns="
                + apns
                + "]";
    }

    /**
     * What FCM gets.
     *
     * @param message members of FCM's message, laid over what all platforms share
     * @see <a href="https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages#Message">Message</a>
     */
    public record Fcm(RawJson message) {

        /** Adds nothing. */
        public static final Fcm NONE = new Fcm(RawJson.NONE);

        public Fcm {
            message = Absent.json(message);
        }

        @Override
        public String toString() {
            return "Fcm[message=" + Hidden.text(message.text()) + "]";
        }
    }

    /**
     * What APNs gets.
     *
     * @param headers by APNs's names: {@code apns-push-type}, {@code apns-priority}, {@code apns-topic},
     *     {@code apns-collapse-id}
     * @param payload members of the payload, laid over what all platforms share
     */
    public record Apns(Map<String, String> headers, RawJson payload) {

        /** Adds nothing. */
        public static final Apns NONE = new Apns(Map.of(), RawJson.NONE);

        public Apns {
            headers = Absent.map(headers);
            payload = Absent.json(payload);
        }

        @Override
        public String toString() {
            return "Apns[headers=" + Hidden.values(headers) + ", payload=" + Hidden.text(payload.text()) + "]";
        }
    }
}
