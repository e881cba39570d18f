package io.carillon.session;

import io.carillon.channel.Refused;
import io.carillon.config.ProxyConfig;
import io.carillon.config.ResolvedChannel;
import io.carillon.connection.Connection;
import io.carillon.events.Command;
import io.carillon.events.ProxyRequest;
import io.carillon.events.ProxyResult.Subscription;
import io.carillon.events.Request;
import io.carillon.parallel.Parallel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Asks the application's backend whether clients may subscribe. What one frame asks for is asked side by side: a library
 * that comes back sends a command for each of its channels, and waits five seconds for all the answers.
 */
final class Invitations {

    private final Consultation consultation;
    private final Rights rights;

    Invitations(Consultation consultation, Rights rights) {
        this.consultation = consultation;
        this.rights = rights;
    }

    /** What has been asked ahead for the commands of one frame, by their ids. */
    static final class Ahead {

        private final Map<Long, Supplier<Subscription>> answers = new HashMap<>();
    }

    private record Asked(long command, Supplier<Subscription> answer) {}

    /**
     * Asks ahead for all commands of a frame that are going to need it.
     *
     * @param isWanted says which may be carried out at all
     */
    Ahead ahead(Connection who, List<Command> commands, Predicate<Command> isWanted) {
        Ahead ahead = new Ahead();
        List<Command> several = commands.stream()
                .filter(command -> isProxied((Request.Subscribe) command.request()))
                .filter(isWanted)
                .toList();
        if (several.size() > 1) {
            Parallel.map(
                            several,
                            command -> new Asked(command.id(), answer(who, (Request.Subscribe) command.request())))
                    .forEach(asked -> ahead.answers.put(asked.command(), asked.answer()));
        }
        return ahead;
    }

    private boolean isProxied(Request.Subscribe request) {
        try {
            return request.token().isEmpty()
                    && backend(rights.resolve(request.channel())).isPresent();
        } catch (Refused e) {
            return false;
        }
    }

    private Supplier<Subscription> answer(Connection who, Request.Subscribe request) {
        try {
            Subscription invited = ask(who, rights.resolve(request.channel()), request);
            return () -> invited;
        } catch (Refused | Ended e) {
            return () -> {
                throw e;
            };
        }
    }

    /** Finds the backend that decides on a channel, where the name alone does not. */
    Optional<ProxyConfig> backend(ResolvedChannel channel) {
        return channel.isPrivate() || channel.isUserLimited()
                ? Optional.empty()
                : consultation.proxied().subscribe(channel.options());
    }

    /**
     * Gives what the backend answers.
     *
     * @throws Refused if it refuses, or fails
     * @throws Ended if it ends the connection
     */
    Subscription of(Connection who, ResolvedChannel channel, long command, Request.Subscribe request, Ahead ahead) {
        Supplier<Subscription> answer = ahead.answers.get(command);
        return answer == null ? ask(who, channel, request) : answer.get();
    }

    private Subscription ask(Connection who, ResolvedChannel channel, Request.Subscribe request) {
        ProxyConfig proxy = backend(channel).orElseThrow();
        ProxyRequest asked = ProxyRequest.Subscribe.of(
                who.client(), who.user(), request.channel(), Consultation.meta(proxy, who), request.data());
        return consultation.ask(proxy, asked, Subscription.class).orElse(Subscription.PLAIN);
    }
}
