package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.aws.AwsClients;
import io.carillon.deployment.PlatformResource;
import io.carillon.events.aws.ResourceAnswer;
import io.carillon.events.aws.ResourceRequest;
import io.carillon.sns.SnsPlatformApplications;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Makes SNS platform applications from secrets, where CloudFormation asks for it in a deployment. */
public final class PlatformsHandler implements RequestStreamHandler {

    private final PlatformResource resource;
    private final Answers answers;

    /** Takes what is put to the address that CloudFormation waits at. */
    @FunctionalInterface
    public interface Answers {

        /**
         * Puts an answer there.
         *
         * @throws IOException if it did not arrive; Lambda invokes the function again then
         */
        void put(URI address, String body) throws IOException;
    }

    /** Starts in Lambda, from the environment. */
    public PlatformsHandler() {
        this(started(System.getenv()), new HttpAnswers());
    }

    public PlatformsHandler(PlatformResource resource, Answers answers) {
        this.resource = resource;
        this.answers = answers;
    }

    private static PlatformResource started(Map<String, String> environment) {
        FunctionLog.start(environment);
        AwsClients clients = Wiring.clients(environment);
        SecretsManagerClient secrets = clients.secrets();
        return new PlatformResource(
                new SnsPlatformApplications(clients.sns()),
                // A secret of bytes has no text, and is refused like an empty one.
                arn -> Optional.ofNullable(
                                secrets.getSecretValue(get -> get.secretId(arn)).secretString())
                        .orElse(""));
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ResourceRequest request = ResourceRequest.read(Streams.text(input));
        ResourceAnswer answer = Invocations.PLAIN.run(context, () -> resource.answer(request));
        answers.put(request.responseUrl(), answer.write());
    }
}
