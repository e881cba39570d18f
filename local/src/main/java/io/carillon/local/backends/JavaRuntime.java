package io.carillon.local.backends;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a handler as Lambda's runtime for Java does, in a process of its own: asks the Runtime API for an event, calls the
 * handler, answers. Ends when nobody serves that API any more.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda's Runtime API</a>
 */
final class JavaRuntime {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String api = "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/";

    /** How Lambda describes a failure. */
    private record Problem(String errorType, String errorMessage, List<String> stackTrace) {}

    private JavaRuntime() {}

    /** Takes the source file as the one argument. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            new JavaRuntime().run(Path.of(arguments[0]));
        } catch (IOException e) {
            // Whoever started this is gone: nobody is left to work for.
            System.exit(0);
        }
    }

    private void run(Path source) throws IOException, InterruptedException {
        RequestStreamHandler handler;
        try {
            handler = JavaSource.handler(source, JSON);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            call("init/error", described(e));
            System.exit(1);
            return;
        }
        while (true) {
            answer(
                    handler,
                    http.send(
                            HttpRequest.newBuilder(URI.create(api + "invocation/next"))
                                    .build(),
                            BodyHandlers.ofByteArray()));
        }
    }

    private void answer(RequestStreamHandler handler, HttpResponse<byte[]> event)
            throws IOException, InterruptedException {
        JavaContext context = new JavaContext(event.headers(), JSON);
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event.body()), result, context);
        } catch (IOException | RuntimeException | LinkageError e) {
            context.getLogger().log(e + "\n  at " + String.join("\n  at ", trace(e)));
            call("invocation/" + context.getAwsRequestId() + "/error", described(e));
            return;
        }
        call("invocation/" + context.getAwsRequestId() + "/response", result.toByteArray());
    }

    private void call(String path, byte[] body) throws IOException, InterruptedException {
        http.send(
                HttpRequest.newBuilder(URI.create(api + path))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.discarding());
    }

    private static byte[] described(Throwable problem) throws IOException {
        return JSON.writeValueAsBytes(
                new Problem(problem.getClass().getName(), String.valueOf(problem.getMessage()), trace(problem)));
    }

    private static List<String> trace(Throwable problem) {
        return Arrays.stream(problem.getStackTrace()).map(String::valueOf).toList();
    }
}
