package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.carillon.deployment.PlatformResource;
import io.carillon.events.MalformedJson;
import io.carillon.events.aws.Sample;
import io.carillon.fakes.FakePlatformApplications;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The function with the event that CloudFormation sends, and an address that waits for its answer. */
class PlatformsHandlerTest {

    private static final String ACCOUNT = """
            {"type":"service_account","project_id":"chat","client_email":"a@b","private_key":"hush"}""";
    private static final String ANSWER = """
            {"Status":"SUCCESS","PhysicalResourceId":"arn:aws:sns:eu-west-1:123456789012:app/GCM/carillon-prod-push",\
            "StackId":"arn:aws:cloudformation:eu-west-1:123456789012:stack/carillon-prod/11111111-2222-3333-4444-555555555555",\
            "RequestId":"66666666-7777-8888-9999-000000000000","LogicalResourceId":"CarillonFcm"}""";

    private final FakePlatformApplications applications = new FakePlatformApplications();
    private final PlatformResource resource = new PlatformResource(applications, secret -> ACCOUNT);

    @Test
    void shouldMakeTheApplicationAndAnswerWhereCloudFormationWaits() throws IOException {
        // Given
        Map<URI, String> answers = new HashMap<>();

        // When
        invoke(new PlatformsHandler(resource, answers::put), Sample.CLOUDFORMATION_CREATE.text());

        // Then
        assertThat(applications.there())
                .containsOnlyKeys("arn:aws:sns:eu-west-1:123456789012:app/GCM/carillon-prod-push");
        assertThat(answers.values()).containsExactly(ANSWER);
        assertThat(answers.keySet().iterator().next().getQuery()).contains("X-Amz-Signature=0000");
    }

    @Test
    void shouldFailWhenTheAnswerDoesNotArriveSoThatLambdaRepeatsIt() {
        // Given
        PlatformsHandler handler = new PlatformsHandler(resource, (address, body) -> {
            throw new IOException("503");
        });

        // Then
        assertThatThrownBy(() -> invoke(handler, Sample.CLOUDFORMATION_CREATE.text()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldRefuseWhatIsNoRequestOfCloudFormation() {
        assertThatThrownBy(() -> invoke(new PlatformsHandler(resource, (address, body) -> {}), "{}"))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("CloudFormation");
    }

    @Test
    void shouldPutTheAnswerWithoutAContentTypeWhichTheSignatureOfTheAddressDoesNotHave() throws IOException {
        // Given
        AtomicReference<String> got = new AtomicReference<>("");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            got.set(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/gone") ? 403 : 200, -1);
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        HttpAnswers answers = new HttpAnswers();

        // When
        try {
            answers.put(URI.create(address + "/stack?X-Amz-Signature=0"), "{}");

            // Then
            assertThat(got.get()).isEqualTo("PUT null {}");
            assertThatThrownBy(() -> answers.put(URI.create(address + "/gone"), "{}"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("403");
        } finally {
            server.stop(0);
        }
    }

    private static void invoke(PlatformsHandler handler, String event) throws IOException {
        handler.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream(),
                new FakeContext("platforms"));
    }
}
