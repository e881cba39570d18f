package io.carillon.local.backends;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;

/**
 * A function in one file: a Node.js module that exports {@code handler}, or a Java source with a class that implements
 * {@code RequestStreamHandler} or {@code RequestHandler}.
 *
 * @param name the function's name, as in its ARN
 */
record FunctionFile(String name, Path path) {

    static final String KINDS = ".js, .mjs, .cjs or .java";

    /**
     * Checks a file.
     *
     * @throws IllegalArgumentException if it is missing or of no kind that can be run; the message names the remedy
     */
    static FunctionFile of(String name, Path path) {
        Path file = path.toAbsolutePath().normalize();
        if (!isJava(file) && !isNode(file)) {
            throw new IllegalArgumentException("A function's file must end in " + KINDS + ", not be " + path);
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "There is no file " + file + ": write the function there, or correct the path");
        }
        return new FunctionFile(name, file);
    }

    /** The command that runs it, up to the file. */
    List<String> command() {
        return isJava(path) ? JavaFunctions.command() : NodeFunctions.command();
    }

    /** What to do if the command is not there. */
    String remedy() {
        return isJava(path)
                ? "a function in Java needs a JDK: set JAVA_HOME to one"
                : "a function in JavaScript needs Node.js 20 or newer on the PATH: install it from https://nodejs.org";
    }

    /** Changes when the file does. */
    FileTime version() {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static boolean isJava(Path file) {
        return ends(file, ".java");
    }

    private static boolean isNode(Path file) {
        return ends(file, ".js") || ends(file, ".mjs") || ends(file, ".cjs");
    }

    private static boolean ends(Path file, String ending) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }
}
