package io.carillon.sns;

import io.carillon.deployment.ApplicationArn;
import io.carillon.deployment.PlatformApplications;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/**
 * Sets up platform applications in SNS.
 *
 * <p>Safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformApplication.html">CreatePlatformApplication
 *     </a>
 */
public final class SnsPlatformApplications implements PlatformApplications {

    private final SnsClient client;

    public SnsPlatformApplications(SnsClient client) {
        this.client = client;
    }

    /** Making one that is there fails if its credentials are others, so it is changed first. */
    @Override
    public void put(String arn, Map<String, String> attributes) {
        try {
            client.setPlatformApplicationAttributes(
                    set -> set.platformApplicationArn(arn).attributes(attributes));
        } catch (NotFoundException absent) {
            create(arn, attributes);
        }
    }

    private void create(String arn, Map<String, String> attributes) {
        ApplicationArn parts = ApplicationArn.read(arn);
        String made = client.createPlatformApplication(create ->
                        create.name(parts.name()).platform(parts.platform()).attributes(attributes))
                .platformApplicationArn();
        if (!made.equals(arn)) {
            throw new IllegalStateException("SNS made " + made + " in place of " + arn);
        }
    }

    @Override
    public void delete(String arn) {
        try {
            client.deletePlatformApplication(delete -> delete.platformApplicationArn(arn));
        } catch (NotFoundException ignored) {
            // It is gone, which is all that was wanted.
        }
    }
}
