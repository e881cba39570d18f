package io.carillon.local.template;

import io.carillon.push.Provider;
import java.util.Map;
import java.util.Optional;

/**
 * What the functions' variables agree in.
 *
 * @param tablePrefix what the tables' names start with
 * @param mailboxesId the logical id of the queue that mail is sent to
 * @param deadLettersId the logical id of the queue that the deliverer sets unreadable mail aside in
 * @param push what mobile push works with; none if the template has no mobile push
 * @param topic the name of the topic for other systems; none if the template has no events
 */
public record Environment(
        String tablePrefix, String mailboxesId, String deadLettersId, Optional<Push> push, Optional<String> topic) {

    /**
     * What mobile push works with.
     *
     * @param queueId the logical id of the queue of notifications
     * @param applications the names of the SNS platform applications
     */
    public record Push(String queueId, Map<Provider, String> applications) {

        public Push {
            applications = Map.copyOf(applications);
        }
    }

    /**
     * Gives the name of the topic for other systems.
     *
     * @throws InvalidTemplate if there is none
     */
    public String requiredTopic() {
        return topic.orElseThrow(() -> new InvalidTemplate("the configuration asks for events, and no function has the"
                + " environment variable " + EnvironmentReader.TOPIC + ": synthesize it with that configuration"));
    }
}
