package io.carillon.local.cli;

import io.carillon.local.template.Description;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the template to run. */
final class TemplateFile {

    private TemplateFile() {}

    /**
     * Reads a file, or gives what the stage {@code dev} is deployed as.
     *
     * @throws Misconfigured if the file cannot be read or run
     */
    static Description read(Optional<Path> file) {
        return file.map(TemplateFile::read).orElseGet(Description::standard);
    }

    private static Description read(Path file) {
        try {
            return Description.of(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new Misconfigured("--template " + file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new Misconfigured("--template: " + file + " cannot be read: name a file in UTF-8");
        }
    }
}
