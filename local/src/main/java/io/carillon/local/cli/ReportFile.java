package io.carillon.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that a command writes at its end, when there is much to lose. */
final class ReportFile {

    private ReportFile() {}

    /** Refuses, before anything runs, a file that cannot be written. */
    static void requireUsable(String option, Optional<Path> file) {
        file.map(Path::toAbsolutePath).ifPresent(path -> {
            if (Files.isDirectory(path)) {
                throw new Misconfigured(option + " must be a file, and " + path + " is a directory");
            }
            if (!Files.isDirectory(path.getParent())) {
                throw new Misconfigured(option + " needs the directory " + path.getParent() + ": make it first");
            }
            Path written = Files.exists(path) ? path : path.getParent();
            if (!Files.isWritable(written)) {
                throw new Misconfigured(option + " needs " + written + " to be writable");
            }
        });
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new IllegalStateException("the report could not be written to " + file + ": " + e.getMessage());
        }
    }
}
