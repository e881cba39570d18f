package io.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.events.Json;
import io.carillon.events.PushJob;
import io.carillon.events.PushNotification;
import io.carillon.events.PushTemplating;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    private static final String GREETINGS = """
            {"localizations": {
              "default": {"translations": {"greeting": "Hello", "question": "How is it going"}},
              "pt": {"translations": {"greeting": "Olá", "question": "Como está"}},
              "pt-BR": {"translations": {"question": "Como tá indo"}},
              "zh-Hant": {"translations": {"greeting": "你好"}, "title": "標題"}}}""";

    @ParameterizedTest
    @CsvSource({
        "pt-BR, Olá! Como tá indo?",
        "pt_BR, Olá! Como tá indo?",
        "pt-PT, Olá! Como está?",
        "PT, Olá! Como está?",
        "de-CH, Hello! How is it going?",
        "no language at all, Hello! How is it going?",
        "'', Hello! How is it going?"
    })
    void shouldSpeakTheClosestLanguageOfTheDevice(String locale, String expected) {
        // When
        PushNotification worded = worded(
                "{\"title\":\"{{l10n.greeting}}! {{l10n.question}}?\"}", GREETINGS, device(locale, "alice", Map.of()));

        // Then
        assertThat(worded.title()).isEqualTo(expected);
    }

    @Test
    void shouldTakeTheTitleOfTheLanguage() {
        // When
        PushNotification worded = worded(
                "{\"title\":\"News\",\"body\":\"{{l10n.greeting}}\"}", GREETINGS, device("zh-TW", "a", Map.of()));

        // Then
        assertThat(worded.title()).isEqualTo("標題");
        assertThat(worded.body()).isEqualTo("你好");
    }

    @Test
    void shouldFillEveryTextOfThePayloadsAsItIs() {
        // Given
        String notification = """
                {"title":"{{device.user}}","data":{"{{k}}":"{{device.meta.quote}}"},
                 "fcm":{"message":{"android":{"notification":{"title_loc_args":["{{device.id}}"]}}}},
                 "apns":{"payload":{"aps":{"badge":1,"alert":{"subtitle":"{{device.meta.quote}}"}}}}}""";
        Device device = device("", "<alice>", Map.of("quote", "\"& <b>{{device.id}}"));

        // When
        PushNotification worded = worded(notification, "{\"use_templating\":true,\"use_meta\":true}", device);

        // Then
        assertThat(worded.title()).isEqualTo("<alice>");
        assertThat(worded.data()).containsEntry("{{k}}", "\"& <b>{{device.id}}");
        assertThat(worded.fcm().message().text()).contains("[\"d-1\"]");
        assertThat(worded.apns().payload().text())
                .contains("\"badge\":1")
                .contains("\"subtitle\":\"\\\"& <b>{{device.id}}\"");
    }

    @Test
    void shouldLeaveTextsAloneWhenTemplatesAreNotAskedFor() {
        assertThat(worded("{\"title\":\"{{device.user}}\"}", "{}", device("", "alice", Map.of()))
                        .title())
                .isEqualTo("{{device.user}}");
        assertThatCode(() -> check("{\"title\":\"{{\"}", "{}")).doesNotThrowAnyException();
    }

    @Test
    void shouldShowNothingForMetaThatADeviceLacks() {
        // Given
        String title = "{\"title\":\"Hi{{#device.meta.name}} {{.}}{{/device.meta.name}}!\"}";
        String templating = "{\"use_templating\":true,\"use_meta\":true}";

        // Then
        check(title, templating);
        assertThat(worded(title, templating, device("", "a", Map.of())).title()).isEqualTo("Hi!");
        assertThat(worded(title, templating, device("", "a", Map.of("name", "Al")))
                        .title())
                .isEqualTo("Hi Al!");
    }

    @Test
    void shouldTakeAGuardForALanguageThatLacksATranslation() {
        assertThatCode(() -> check(
                        "{\"title\":\"{{l10n.hi}}{{^l10n.hi}}Hello{{/l10n.hi}}\"}",
                        "{\"localizations\":{\"pt\":{\"translations\":{\"hi\":\"Olá\"}}}}"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {{l10n.greting}}                | no language translates l10n.greting; they have [greeting]
                    {{l10n.greeting}}               | l10n.greeting is not translated for default
                    {{device.meta.name}}            | needs use_meta: true
                    {{.device.id}}                  | they have no dot before them
                    {{default [[hi]] .l10n.greeting}} | Mustache no functions
                    {{device.token}}                | is none of device.id, device.user
                    {{device.id.length}}            | is none of device.id, device.user
                    {{.}}                           | is none of device.id, device.user
                    {{#device.id}}                  | Section missing close tag
                    {{device.id                     | a {{ is not closed
                    {{> other}}                     | no partials such as other
                    {{}}                            | is wrong
                    """)
    void shouldRefuseAWrongTemplateBeforeItIsSent(String template, String problem) {
        assertThatThrownBy(() -> check(
                        Json.write(Map.of("title", template)),
                        "{\"localizations\":{\"pt\":{\"translations\":{\"greeting\":\"Olá\"}}}}"))
                .isInstanceOf(PushRefused.class)
                .hasMessageContaining("bad request")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"p": {}}                                     | "p", which is no language tag
                    {"": {}}                                      | "", which is no language tag
                    {"pt": {"translations": {"a.b": "c"}}}        | name it with letters, digits, _ and -
                    {"pt-BR": {}, "pt_br": {}}                    | one language twice
                    """)
    void shouldRefuseALanguageThatNobodyHas(String localizations, String problem) {
        assertThatThrownBy(() -> check("{\"title\":\"Hi\"}", "{\"localizations\":" + localizations + "}"))
                .isInstanceOf(PushRefused.class)
                .hasMessageContaining(problem);
    }

    @Test
    void shouldRefuseWhatIsTooLargeInOneLanguage() {
        // Given
        String long4096 = "{\"localizations\":{\"de\":{\"body\":\"%s\"}}}".formatted("x".repeat(4096));
        String manyLanguages = "{\"localizations\":{\"de\":{\"translations\":{\"unused\":\"%s\"}}}}"
                .formatted("x".repeat(Wording.MAX_BYTES));

        // Then
        assertThatThrownBy(() -> check("{\"title\":\"Hi\"}", long4096))
                .hasMessageContaining("FCM takes of notification and data 4096");
        assertThatThrownBy(() -> check("{\"title\":\"Hi\"}", manyLanguages))
                .hasMessageContaining("with all its languages, and may have 65536");
    }

    private static void check(String notification, String templating) {
        Wording.check(Json.read(notification, PushNotification.class), Json.read(templating, PushTemplating.class));
    }

    private static PushNotification worded(String notification, String templating, Device device) {
        return Wording.of(
                PushJob.of(
                        Json.read(notification, PushNotification.class), Json.read(templating, PushTemplating.class)),
                device);
    }

    private static Device device(String locale, String user, Map<String, String> meta) {
        return new Device("d-1", user, Provider.FCM, "t", "android", locale, "", Set.of(), Map.of(), meta, "arn", 1, 0);
    }
}
