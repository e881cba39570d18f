package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * Says how a notification's texts depend on the device that gets it.
 *
 * <p>Source: "Templating" and "Localizations" of Centrifugo PRO's push notification API, for all but {@code title} and
 * {@code body} of a localization, and the language {@code default}.
 *
 * @param localizations by language, such as {@code pt-BR}, or {@code default}; with any, texts are templates
 * @param useTemplating whether texts are templates without any localization
 * @param useMeta whether templates see the device's meta
 */
public record PushTemplating(
        Map<String, Localization> localizations,
        @JsonProperty("use_templating") boolean useTemplating,
        @JsonProperty("use_meta") boolean useMeta) {

    /** Texts are what they are. */
    public static final PushTemplating NONE = new PushTemplating(Map.of(), false, false);

    public PushTemplating {
        localizations = Absent.map(localizations);
    }

    /** Whether the texts are templates. */
    public boolean isOn() {
        return useTemplating || !localizations.isEmpty();
    }

    /**
     * What a language has of its own.
     *
     * @param translations texts by the names that templates have for them, {@code l10n.NAME}
     * @param title takes the place of the notification's; empty to keep that
     * @param body takes the place of the notification's; empty to keep that
     */
    public record Localization(Map<String, String> translations, String title, String body) {
        public Localization {
            translations = Absent.map(translations);
            title = Absent.text(title);
            body = Absent.text(body);
        }

        /** Shows no text that a user sees. */
        @Override
        public String toString() {
            return "Localization[translations=" + Hidden.values(translations) + ", title=" + Hidden.text(title)
                    + ", body=" + Hidden.text(body) + "]";
        }
    }
}
