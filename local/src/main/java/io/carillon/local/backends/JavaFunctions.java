package io.carillon.local.backends;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Runs Java with the JDK that runs this, and with no more libraries than every function in Java has, and Jackson. */
final class JavaFunctions {

    private static final List<Class<?>> LIBRARIES = List.of(
            JavaRuntime.class, RequestStreamHandler.class, ObjectMapper.class, JsonParser.class, JsonProperty.class);

    private JavaFunctions() {}

    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                classPath(),
                JavaRuntime.class.getName());
    }

    private static String classPath() {
        return LIBRARIES.stream().map(JavaFunctions::place).distinct().collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(Class<?> type) {
        URL place = type.getProtectionDomain().getCodeSource().getLocation();
        try {
            return Path.of(place.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The class path holds what is no file: " + place, e);
        }
    }
}
