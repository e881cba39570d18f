package io.carillon.events.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares text with the golden files under {@code src/test/resources/golden}. With {@code -Dgolden.update=true} it
 * writes them instead; look at the difference before you commit it, since clients of other people read these bytes.
 */
final class Golden {

    private static final Path ROOT = Path.of("src/test/resources/golden");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    private Golden() {}

    /** Compares the whole file with these lines. */
    static void check(String file, String... lines) {
        String expected = String.join("\n", lines) + "\n";
        Path path = ROOT.resolve(file);
        try {
            if (UPDATE) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, expected);
            }
            assertThat(path)
                    .as("golden file; write it with -Dgolden.update=true")
                    .exists()
                    .hasContent(expected);
            assertThat(Files.readString(path)).isEqualTo(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a file's lines. */
    static List<String> lines(String file) {
        try {
            return Files.readAllLines(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the names of all files of a folder, without their endings. */
    static Set<String> files(String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.map(path -> path.getFileName().toString())
                    .map(name -> name.substring(0, name.lastIndexOf('.')))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if a subclass of a sealed type has no example, or a folder holds files that nothing writes. */
    static void checkComplete(String folder, Class<?> sealed, Stream<?> examples, Set<String> names) {
        Set<Class<?>> shown = examples.map(Object::getClass).collect(Collectors.toSet());
        assertThat(shown)
                .as("examples of " + sealed.getSimpleName())
                .contains(records(sealed).toArray(Class<?>[]::new));
        assertThat(files(folder)).as("files in golden/" + folder).isEqualTo(new TreeSet<>(names));
    }

    /** Gives the records of a sealed type, those of sealed types below it included. */
    private static Stream<Class<?>> records(Class<?> sealed) {
        return Stream.of(sealed.getPermittedSubclasses())
                .flatMap(below -> below.isSealed() ? records(below) : Stream.of(below));
    }
}
