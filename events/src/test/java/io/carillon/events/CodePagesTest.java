package io.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the documentation to its word: each code that a client can see has a page, and each page has a code. */
class CodePagesTest {

    private static final Path PAGES = Path.of("..", "docs", "reference", "codes");
    private static final String INDEX = "README.md";

    private record Code(int number, String text) {

        String page() {
            return number + ".md";
        }

        @Override
        public String toString() {
            return number + " " + text;
        }
    }

    static List<Code> codes() {
        return Stream.of(
                        constants(ProtocolError.class).map(error -> new Code(error.code(), error.message())),
                        constants(Unsubscribe.class).map(reason -> new Code(reason.code(), reason.reason())),
                        constants(Disconnect.class).map(reason -> new Code(reason.code(), reason.reason())))
                .flatMap(stream -> stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void shouldSayWhatIsSeenWhyAndWhatToDoWhenACodeIsLookedUp(Code code) throws IOException {
        // Given
        Path page = PAGES.resolve(code.page());

        // When
        List<String> lines = Files.readAllLines(page);

        // Then
        assertThat(lines.getFirst()).isEqualTo("# " + code);
        assertThat(lines).containsSubsequence("## What you will see", "## Why it happens", "## What to do");
    }

    @ParameterizedTest
    @MethodSource("codes")
    void shouldListEveryCodeWhenTheIndexIsRead(Code code) throws IOException {
        // Given
        String link = "[" + code.number() + "](" + code.page() + ") | " + code.text() + " |";

        // When
        String index = Files.readString(PAGES.resolve(INDEX));

        // Then
        assertThat(index).contains(link);
    }

    @Test
    void shouldHoldNoOtherPageWhenACodeIsGone() throws IOException {
        // Given
        List<String> expected = Stream.concat(Stream.of(INDEX), codes().stream().map(Code::page))
                .toList();

        // When
        try (Stream<Path> pages = Files.list(PAGES)) {
            // Then
            assertThat(pages.map(page -> page.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static <T> Stream<T> constants(Class<T> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == type)
                .map(field -> type.cast(value(field)));
    }

    private static Object value(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("A code must be a public constant: " + field, e);
        }
    }
}
