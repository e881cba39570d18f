package io.carillon.local.load;

import io.carillon.token.TokenIssuer;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The clients of a run, each with its diary, and what can be done to them. */
final class Crowd implements Happenings.Fate {

    /** A search makes the server's clock jump by hours in each of many runs, and no run is about tokens. */
    private static final Duration BEYOND_JUMPS = Duration.ofDays(365);

    private final Scenario scenario;
    private final String run;
    private final RunFaults faults;
    private final List<Condition> conditions;
    private final List<Diary> diaries = new ArrayList<>();
    private final List<LoadClient> clients = new ArrayList<>();

    Crowd(
            Scenario scenario,
            String run,
            RunFaults faults,
            Target target,
            HttpClient sockets,
            ScheduledExecutorService timers,
            Tally tally,
            LongSupplier clock) {
        this.scenario = scenario;
        this.run = run;
        this.faults = faults;
        TokenIssuer tokens = TokenIssuer.of(target.config().client(), target.secret(), InstantSource.system());
        conditions = Condition.ofClients(scenario);
        boolean recovers = scenario.is(Setting.RECOVERY);
        for (int i = 0; i < scenario.clients(); i++) {
            String name = target.users() + i;
            List<String> channels = scenario.channelsOf(run, i);
            Diary diary = new Diary(name, conditions.get(i), channels, tally);
            Transport transport = scenario.transport(i);
            LoadClient.Surroundings surroundings = new LoadClient.Surroundings(
                    sockets,
                    transport,
                    transport.address(target),
                    conditions.get(i).agent(run),
                    timers,
                    clock);
            String token = tokens.connection(name).expiresIn(BEYOND_JUMPS).sign();
            diaries.add(diary);
            clients.add(new LoadClient(surroundings, token, channels, diary, scenario.seed() * 31 + i, recovers));
        }
    }

    List<LoadClient> clients() {
        return clients;
    }

    /** Whether a client has got in, or never will. */
    boolean isSettled(int client) {
        return clients.get(client).isHopeless() || clients.get(client).hasReached(Map.of());
    }

    /** Whether all have seen everything up to these offsets, or never will. */
    boolean haveAllReached(Map<String, Long> offsets) {
        return clients.stream().allMatch(client -> client.isHopeless() || client.hasReached(offsets));
    }

    @Override
    public void strike() {
        faults.strike();
        in(Condition.SLOW).forEach(client -> client.stall(true));
        in(Condition.DEAD).forEach(LoadClient::die);
    }

    /** Lets the slow ones read on. */
    void relieve() {
        in(Condition.SLOW).forEach(client -> client.stall(false));
    }

    private Stream<LoadClient> in(Condition condition) {
        return IntStream.range(0, clients.size())
                .filter(client -> conditions.get(client) == condition)
                .mapToObj(clients::get);
    }

    /** How many of the first so many clients have not got in. */
    long missing(int first) {
        return clients.stream()
                .limit(first)
                .filter(client -> !client.hasReached(Map.of()))
                .count();
    }

    List<Observed.Witness> witnesses() {
        return diaries.stream().map(Diary::read).toList();
    }

    @Override
    public void cut(int client) {
        clients.get(client).cut();
    }

    @Override
    public void cutAll() {
        clients.forEach(LoadClient::cut);
    }

    @Override
    public void leave(int client, int subscription, long awayMillis) {
        String channel = scenario.channelsOf(run, client).get(subscription);
        clients.get(client).leave(channel, Duration.ofMillis(awayMillis));
    }

    @Override
    public void connect(int client) {
        clients.get(client).connect();
    }

    void close() {
        clients.forEach(LoadClient::close);
    }
}
