package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps the reference page true. Run with {@code -Dcarillon.docs=write} to write the page anew. */
class ConfigReferenceTest {

    private static final Path PAGE = Path.of("..", "docs", "reference", "config.md");

    @Test
    void shouldDescribeEveryKeyWhenTheReferencePageIsRead() throws IOException {
        // Given
        String expected = ConfigReference.page();

        // When
        if ("write".equals(System.getProperty("carillon.docs"))) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected);
        }

        // Then
        assertThat(PAGE)
                .as("the page differs from the code; run the tests with -Dcarillon.docs=write")
                .hasContent(expected);
    }
}
