package io.carillon.local.cli;

import io.carillon.dynamodb.Epochs;
import io.carillon.dynamodb.Renewal;
import io.carillon.dynamodb.TableNames;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Brings restored logs back into use, each with a new epoch. */
@Command(
        name = "renew",
        description =
                "Bring the logs of restored or copied tables into a deployment's tables, each with its history and a new epoch,"
                        + " since their epochs must not go on. Deploy the new mark first: see docs/operations/backups.md and"
                        + " docs/operations/regions.md.",
        mixinStandardHelpOptions = true)
final class RenewCommand implements Runnable {

    @Option(
            names = "--epoch-mark",
            required = true,
            paramLabel = "MARK",
            description = "The deployment's new carillon.epoch_mark, which no log has had: 1 to 16 small letters and"
                    + " digits, such as eu2.")
    private String mark;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "PREFIX",
            description = "What the names of the restored or copied tables begin with, such as carillon-restored-.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "PREFIX",
            defaultValue = TableNames.DEFAULT_PREFIX,
            description = "What the names of the deployment's tables begin with (default: ${DEFAULT-VALUE}).")
    private String to;

    @Option(
            names = "--aws-endpoint",
            paramLabel = "URL",
            description =
                    "Where DynamoDB is called, such as http://localhost:4566 (default: AWS, with your credentials and"
                            + " Region).")
    private Optional<URI> endpoint = Optional.empty();

    @Override
    public void run() {
        if (!Epochs.isMark(mark)) {
            throw new Misconfigured("--epoch-mark can hold 1 to 16 small letters and digits, such as eu2");
        }
        var builder = DynamoDbClient.builder();
        endpoint.ifPresent(builder::endpointOverride);
        try (DynamoDbClient client = builder.build()) {
            int renewed = new Renewal(
                            client,
                            TableNames.withPrefix(from),
                            TableNames.withPrefix(to),
                            InstantSource.system(),
                            new Epochs(mark))
                    .renew();
            System.out.println(renewed + " logs have a new epoch.");
        }
    }
}
