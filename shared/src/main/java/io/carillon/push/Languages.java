package io.carillon.push;

import io.carillon.events.PushTemplating.Localization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.Pattern;

/**
 * Finds what a device's language has: {@code pt-BR} takes its own first, then that of {@code pt}, then that of
 * {@code default}. The chain is that of Java's resource bundles, so {@code zh-TW} also finds {@code zh-Hant}.
 */
final class Languages {

    /** What every device has that finds nothing else. */
    static final String DEFAULT = "default";

    private static final ResourceBundle.Control CHAIN =
            ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_DEFAULT);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private final Map<String, Localization> asked;
    private final Map<Locale, Localization> byLocale = new HashMap<>();

    Languages(Map<String, Localization> asked) {
        this.asked = asked;
        asked.forEach((language, localization) -> byLocale.put(locale(language), localization));
    }

    /**
     * Refuses languages that no device could have, and names that no template could use.
     *
     * @throws PushRefused 107
     */
    void check() {
        asked.forEach((language, localization) -> {
            require(
                    language.equals(DEFAULT) || isWellFormed(language),
                    "localizations has \"" + language + "\", which is no language tag such as pt or pt-BR, nor "
                            + DEFAULT);
            localization
                    .translations()
                    .keySet()
                    .forEach(name -> require(
                            NAME.matcher(name).matches(),
                            "localizations." + language + ".translations has \"" + name
                                    + "\": name it with letters, digits, _ and -"));
        });
        require(byLocale.size() == asked.size(), "localizations has one language twice: " + asked.keySet());
    }

    /** Lists the languages, with an empty one for devices that have none of them. */
    List<String> all() {
        List<String> all = new ArrayList<>(asked.keySet());
        all.remove(DEFAULT);
        all.add("");
        return all;
    }

    /** Names one of {@link #all}. */
    static String name(String language) {
        return language.isEmpty() ? DEFAULT : language;
    }

    /** Gathers what a device has that tells of a locale; one that is no language tag has what {@code default} has. */
    Localization of(String deviceLocale) {
        Map<String, String> translations = new LinkedHashMap<>();
        String title = "";
        String body = "";
        // From the widest to the closest, which has the last word.
        for (Locale locale :
                CHAIN.getCandidateLocales("push", locale(deviceLocale)).reversed()) {
            Localization found = byLocale.get(locale);
            if (found != null) {
                translations.putAll(found.translations());
                title = found.title().isEmpty() ? title : found.title();
                body = found.body().isEmpty() ? body : found.body();
            }
        }
        return new Localization(translations, title, body);
    }

    /** Android tells of {@code pt_BR}, Apple of {@code pt-BR}. */
    private static Locale locale(String tag) {
        return tag.equals(DEFAULT) ? Locale.ROOT : Locale.forLanguageTag(tag.replace('_', '-'));
    }

    static boolean isWellFormed(String language) {
        try {
            return !new Locale.Builder()
                    .setLanguageTag(language.replace('_', '-'))
                    .build()
                    .equals(Locale.ROOT);
        } catch (IllformedLocaleException e) {
            return false;
        }
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw PushRefused.badRequest(problem);
        }
    }
}
