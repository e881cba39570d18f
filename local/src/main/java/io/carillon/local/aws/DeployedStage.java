package io.carillon.local.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.PackedConfig;
import io.carillon.config.SecretSection;
import io.carillon.events.Json;
import io.carillon.push.Provider;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/**
 * Finds a stage that {@code ./carillon deploy} deployed: its addresses, queues and secrets by the outputs of its stack, its
 * configuration by a function's environment.
 *
 * <p>Needs {@code cloudformation:DescribeStacks}; for the configuration {@code lambda:GetFunctionConfiguration}, for the
 * secrets {@code secretsmanager:GetSecretValue}, for the platform applications
 * {@code sns:GetPlatformApplicationAttributes}, for the concurrency {@code lambda:GetAccountSettings}. Safe for use by
 * several threads.
 */
public final class DeployedStage {

    private static final String HTTP = "ServerApiUrl";
    private static final String WEB_SOCKET = "WebSocketUrl";
    private static final String MAILBOXES = "MailboxQueue";
    private static final String PUSH = "PushQueue";

    /** The outputs without which a stage cannot be found. */
    public static final List<String> OUTPUTS = List.of(HTTP, WEB_SOCKET, MAILBOXES);

    /** The outputs that name secrets. */
    private static final Map<SecretSection, String> SECRETS = Map.of(
            SecretSection.API, "ApiKeySecret",
            SecretSection.TOKEN, "TokenSecret",
            SecretSection.SUBSCRIPTION_TOKEN, "SubscriptionTokenSecret");

    private final String stage;
    private final Optional<URI> endpoint;
    private final Map<String, String> outputs;

    private DeployedStage(String stage, Optional<URI> endpoint, Map<String, String> outputs) {
        this.stage = stage;
        this.endpoint = endpoint;
        this.outputs = Map.copyOf(outputs);
    }

    /**
     * Asks CloudFormation for the outputs of a stage's stack.
     *
     * @param endpoint where AWS is called; AWS itself, with the credentials and Region of the environment, if empty
     * @throws IllegalStateException if it cannot be asked, or has no such stack; says what to do
     */
    public static DeployedStage find(String stage, Optional<URI> endpoint) {
        String name = stackName(stage);
        try (CloudFormationClient client = reach(CloudFormationClient.builder(), endpoint)) {
            Map<String, String> outputs = new HashMap<>();
            for (Stack stack :
                    client.describeStacks(request -> request.stackName(name)).stacks()) {
                stack.outputs().forEach(output -> outputs.put(output.outputKey(), output.outputValue()));
            }
            return new DeployedStage(stage, endpoint, outputs);
        } catch (SdkException e) {
            throw new IllegalStateException(
                    "the stack " + name + " cannot be found: " + SdkWords.of(e) + ". Check --stage, the Region"
                            + " (AWS_REGION) and the credentials (cloudformation:DescribeStacks) with: "
                            + outputsCommand(stage),
                    e);
        }
    }

    /** Gives a client for AWS, or for what stands in for it at an address. */
    public static <B extends AwsClientBuilder<B, C>, C> C reach(B builder, Optional<URI> endpoint) {
        endpoint.ifPresent(address -> {
            AwsAccess access = AwsAccess.from(System.getenv());
            builder.endpointOverride(address)
                    .credentialsProvider(access.credentials())
                    .region(access.region());
        });
        return builder.build();
    }

    /** Gives the command that prints what this reads. */
    public static String outputsCommand(String stage) {
        return "aws cloudformation describe-stacks --stack-name " + stackName(stage)
                + " --query \"Stacks[0].Outputs\" --output table";
    }

    private static String stackName(String stage) {
        return "carillon-" + stage;
    }

    /** Gives the HTTP API's address, without {@code /api}. */
    public URI url() {
        return URI.create(required(HTTP).replaceFirst("/api$", ""));
    }

    /** Gives what clients connect to. */
    public URI webSocket() {
        return URI.create(required(WEB_SOCKET));
    }

    /** Gives the URL of the mailbox queue. */
    public String mailboxQueue() {
        return required(MAILBOXES);
    }

    private String required(String output) {
        return Optional.ofNullable(outputs.get(output))
                .orElseThrow(() -> new IllegalStateException("the stack " + stackName(stage) + " has no output "
                        + output + ": deploy it again with this version, ./carillon deploy --stage " + stage));
    }

    /**
     * Reads the secrets that the stack keeps, each a JSON object that is laid over its section.
     *
     * @throws IllegalStateException if one cannot be read
     */
    public Map<SecretSection, ObjectNode> secrets() {
        Map<SecretSection, ObjectNode> found = new EnumMap<>(SecretSection.class);
        try (SecretsManagerClient client = reach(SecretsManagerClient.builder(), endpoint)) {
            SECRETS.forEach((section, output) -> {
                if (outputs.containsKey(output)) {
                    String text = client.getSecretValue(request -> request.secretId(outputs.get(output)))
                            .secretString();
                    found.put(section, Json.read(text, ObjectNode.class));
                }
            });
        } catch (SdkException e) {
            throw new IllegalStateException("the secrets cannot be read: " + SdkWords.of(e), e);
        }
        return found;
    }

    /**
     * Reads the configuration that is deployed, which holds no secrets.
     *
     * @throws IllegalStateException if it cannot be read
     */
    public ObjectNode config() {
        return Json.read(
                PackedConfig.unpack(
                        variables("message", "; or name it with --config").get("CARILLON_CONFIG")),
                ObjectNode.class);
    }

    private Map<String, String> variables(String name, String otherwise) {
        String function = "carillon-" + stage + "-" + name;
        try (LambdaClient client = reach(LambdaClient.builder(), endpoint)) {
            return client.getFunctionConfiguration(
                            request -> request.functionName(function).qualifier("live"))
                    .environment()
                    .variables();
        } catch (SdkException e) {
            throw new IllegalStateException(
                    "the configuration of the function " + function + " cannot be read: " + SdkWords.of(e)
                            + ". Allow lambda:GetFunctionConfiguration" + otherwise,
                    e);
        }
    }

    /**
     * Asks SNS about the platform applications of mobile push; there are none without it.
     *
     * @throws IllegalStateException if it cannot be asked
     */
    public Map<Provider, PlatformState> platforms() {
        Map<Provider, PlatformState> states = new EnumMap<>(Provider.class);
        if (!outputs.containsKey(PUSH)) {
            return states;
        }
        Map<String, String> variables = variables("push", "");
        try (SnsClient client = reach(SnsClient.builder(), endpoint)) {
            for (Provider provider : Provider.values()) {
                String arn = variables.getOrDefault(provider.variable(), "");
                if (!arn.isEmpty()) {
                    states.put(provider, state(client, arn));
                }
            }
        } catch (SdkException e) {
            throw new IllegalStateException("SNS does not answer: " + SdkWords.of(e), e);
        }
        return states;
    }

    private static PlatformState state(SnsClient client, String arn) {
        try {
            return PlatformState.of(
                    arn,
                    client.getPlatformApplicationAttributes(request -> request.platformApplicationArn(arn))
                            .attributes());
        } catch (NotFoundException e) {
            return PlatformState.gone(arn);
        }
    }

    /** Gives how many invocations the account may have at the same time in the Region; empty if it may not be asked. */
    public Optional<Integer> concurrency() {
        try (LambdaClient client = reach(LambdaClient.builder(), endpoint)) {
            return Optional.ofNullable(
                    client.getAccountSettings(request -> {}).accountLimit().concurrentExecutions());
        } catch (SdkException e) {
            return Optional.empty();
        }
    }
}
