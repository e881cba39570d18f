package io.carillon.local.backends;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles one source file, and makes the handler that is in it. */
final class JavaSource {

    private JavaSource() {}

    /**
     * Makes the handler.
     *
     * @throws IllegalStateException if the file does not compile or holds none; the message names the remedy
     * @throws ReflectiveOperationException if the class cannot be made
     */
    static RequestStreamHandler handler(Path source, JsonMapper json) throws ReflectiveOperationException, IOException {
        Path classes = Files.createTempDirectory("carillon-function");
        try {
            compile(source, classes);
            return handlerIn(classes, source, json);
        } finally {
            delete(classes);
        }
    }

    private static void compile(Path source, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("There is no compiler: set JAVA_HOME to a JDK, not a JRE");
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = compiler.run(
                null,
                said,
                said,
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
        if (status != 0) {
            throw new IllegalStateException("It does not compile:\n" + said.toString(StandardCharsets.UTF_8)
                    + "It may use the JDK, aws-lambda-java-core and Jackson, and no other file.");
        }
    }

    private static RequestStreamHandler handlerIn(Path classes, Path source, JsonMapper json)
            throws IOException, ReflectiveOperationException {
        // Stays open with the process, but for what it has loaded by then it needs no files: all of them.
        URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
        RequestStreamHandler found = null;
        for (String name : names(classes)) {
            Class<?> type = Class.forName(name, true, loader);
            if (found == null && isHandler(type)) {
                found = adapted(type, json);
            }
        }
        if (found == null) {
            throw new IllegalStateException(source + " holds no class that implements RequestStreamHandler or "
                    + "RequestHandler and has a constructor without parameters: write one");
        }
        return found;
    }

    private static List<String> names(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> file.substring(0, file.length() - ".class".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isHandler(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                && (RequestStreamHandler.class.isAssignableFrom(type) || RequestHandler.class.isAssignableFrom(type))
                && Stream.of(type.getDeclaredConstructors()).anyMatch(one -> one.getParameterCount() == 0);
    }

    private static RequestStreamHandler adapted(Class<?> type, JsonMapper json) throws ReflectiveOperationException {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object handler = constructor.newInstance();
        return handler instanceof RequestStreamHandler streams
                ? streams
                : adapted((RequestHandler<?, ?>) handler, json);
    }

    private static <I> RequestStreamHandler adapted(RequestHandler<I, ?> handler, JsonMapper json) {
        TypeFactory factory = json.getTypeFactory();
        JavaType[] types = factory.findTypeParameters(factory.constructType(handler.getClass()), RequestHandler.class);
        JavaType input = types.length == 0 ? TypeFactory.unknownType() : types[0];
        return (in, out, context) -> {
            I event = json.readValue(in, input);
            json.writeValue(out, handler.handleRequest(event, context));
        };
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.sorted((first, second) -> second.compareTo(first)).toList()) {
                Files.delete(file);
            }
        }
    }
}
