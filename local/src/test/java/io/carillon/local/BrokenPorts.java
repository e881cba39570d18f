package io.carillon.local;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.carillon.Ports;
import io.carillon.channel.ChannelLog;
import io.carillon.delivery.Mailboxes;
import io.carillon.delivery.Poster;
import io.carillon.delivery.Subscribers;
import io.carillon.events.FrameWriter;
import io.carillon.events.Json;
import io.carillon.events.Mail;
import io.carillon.events.Publication;
import io.carillon.events.Result;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Ports that are broken in one way or another, as the logic in front of them would be if it had that fault. */
final class BrokenPorts {

    private static final CompletionStage<Poster.Outcome> DELIVERED =
            CompletableFuture.completedFuture(Poster.Outcome.DELIVERED);

    private final AtomicReference<Ports> current = new AtomicReference<>();
    private final AtomicReference<Ports> sound = new AtomicReference<>();

    /** Ports that can be broken while they are in use. */
    Ports over(Ports real) {
        sound.set(real);
        current.set(real);
        return new Ports(
                real.connections(),
                switching(ChannelLog.class, Ports::log),
                real.shards(),
                switching(Subscribers.class, Ports::subscribers),
                switching(Mailboxes.class, Ports::mailboxes),
                switching(Poster.class, Ports::poster),
                real.clock());
    }

    void breakWith(UnaryOperator<Ports> fault) {
        current.set(fault.apply(sound.get()));
    }

    private <T> T switching(Class<T> type, Function<Ports, T> port) {
        return proxy(type, (call, name) -> call.on(port.apply(current.get())));
    }

    /** A call that can be made on some object. */
    private record Call(java.lang.reflect.Method method, Object[] arguments) {
        Object on(Object target) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    /** Answers calls. */
    private interface Answer {
        Object to(Call call, String name) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(new Call(method, arguments), method.getName())));
    }

    private static boolean every(AtomicInteger count, int nth) {
        return count.incrementAndGet() % nth == 0;
    }

    private static Ports with(Ports ports, Poster poster) {
        return with(ports, ports.mailboxes(), poster);
    }

    private static Ports with(Ports ports, Mailboxes mailboxes, Poster poster) {
        return new Ports(
                ports.connections(),
                ports.log(),
                ports.shards(),
                ports.subscribers(),
                mailboxes,
                poster,
                ports.clock());
    }

    /** What is done instead of a post. */
    private interface Post {
        CompletionStage<Poster.Outcome> post(Poster real, String connection, String message);
    }

    private static UnaryOperator<Ports> posting(Post post) {
        return ports -> with(ports, new Poster() {
            @Override
            public CompletionStage<Outcome> post(String connection, byte[] message) {
                return post.post(ports.poster(), connection, new String(message, StandardCharsets.UTF_8));
            }

            @Override
            public CompletionStage<Void> close(String connection) {
                return ports.poster().close(connection);
            }
        });
    }

    private static CompletionStage<Poster.Outcome> post(Poster real, String connection, String message) {
        return real.post(connection, message.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isPublication(String message) {
        return message.contains("\"pub\":");
    }

    /** Says that a publication was written, and does not write it. */
    static UnaryOperator<Ports> skippingPuts() {
        AtomicInteger count = new AtomicInteger();
        return ports -> new Ports(
                ports.connections(),
                proxy(
                        ChannelLog.class,
                        (call, name) -> name.equals("put") && every(count, 10) ? true : call.on(ports.log())),
                ports.shards(),
                ports.subscribers(),
                ports.mailboxes(),
                ports.poster(),
                ports.clock());
    }

    /** Sends nothing to the first shard's mailbox, once it has had some publications. */
    static UnaryOperator<Ports> droppingAShard() {
        return ports -> with(
                ports,
                letters -> ports.mailboxes()
                        .send(letters.stream()
                                .filter(one -> !(one.mail() instanceof Mail.Published published
                                        && published.publication().offset() > 20))
                                .toList()),
                ports.poster());
    }

    /** Carries out an unsubscribe command after the subscribe command that came later. */
    static UnaryOperator<Ports> ignoringTheCommandVersion() {
        Map<String, Mailboxes.Letter> held = new ConcurrentHashMap<>();
        return ports -> with(
                ports,
                letters -> {
                    List<Mailboxes.Letter> sent = new ArrayList<>();
                    for (Mailboxes.Letter letter : letters) {
                        switch (letter.mail()) {
                            case Mail.Unsubscribe mail ->
                                held.put(
                                        mail.connection() + mail.channel(),
                                        new Mailboxes.Letter(
                                                new Mail.Unsubscribe(
                                                        mail.channel(),
                                                        mail.shard(),
                                                        mail.connection(),
                                                        mail.revision() + 1,
                                                        mail.code(),
                                                        mail.reason()),
                                                letter.dedup()));
                            case Mail.Subscribe mail -> {
                                sent.add(letter);
                                Mailboxes.Letter late = held.remove(mail.connection() + mail.channel());
                                if (late != null) {
                                    sent.add(late);
                                }
                            }
                            default -> sent.add(letter);
                        }
                    }
                    if (!sent.isEmpty()) {
                        ports.mailboxes().send(sent);
                    }
                },
                ports.poster());
    }

    /** Posts the reply to a subscribe command only when publications have been posted after it. */
    static UnaryOperator<Ports> deliveringBeforeTheReply() {
        return posting((real, connection, message) -> {
            if (!message.contains("\"subscribe\":{")) {
                return post(real, connection, message);
            }
            CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
                    .execute(() -> post(real, connection, message));
            return DELIVERED;
        });
    }

    /** Takes what API Gateway did not take for delivered. */
    static UnaryOperator<Ports> swallowingThrottles() {
        AtomicInteger count = new AtomicInteger();
        return posting((real, connection, message) ->
                isPublication(message) && every(count, 20) ? DELIVERED : post(real, connection, message));
    }

    static UnaryOperator<Ports> repeatingDeliveries() {
        AtomicInteger count = new AtomicInteger();
        return posting((real, connection, message) -> isPublication(message) && every(count, 20)
                ? post(real, connection, message).thenCompose(first -> post(real, connection, message))
                : post(real, connection, message));
    }

    /** Repeats, with each delivery, the first that the connection ever got. */
    static UnaryOperator<Ports> repeatingFromTheStart() {
        Map<String, String> first = new ConcurrentHashMap<>();
        AtomicInteger count = new AtomicInteger();
        return posting((real, connection, message) -> {
            if (!isPublication(message)) {
                return post(real, connection, message);
            }
            String repeated = first.putIfAbsent(connection, message);
            boolean now = repeated != null && every(count, 10);
            return post(real, connection, now ? message + "\n" + repeated : message);
        });
    }

    /** Holds a delivery back until after the next one. */
    static UnaryOperator<Ports> swappingPublications() {
        Map<String, String> held = new HashMap<>();
        return posting((real, connection, message) -> {
            synchronized (held) {
                if (!isPublication(message)) {
                    return post(real, connection, message);
                }
                String before = held.remove(connection);
                if (before == null) {
                    held.put(connection, message);
                    return DELIVERED;
                }
                return post(real, connection, message + "\n" + before);
            }
        });
    }

    /** A reply to a subscribe command, as it stands. */
    record Reply(long id, @JsonProperty("subscribe") Result.Subscribe subscribe) {}

    static UnaryOperator<Ports> losingARecoverysLast() {
        return posting((real, connection, message) -> post(
                real,
                connection,
                Arrays.stream(message.split("\n"))
                        .map(line -> line.contains("\"subscribe\":{") ? withoutLast(line) : line)
                        .collect(Collectors.joining("\n"))));
    }

    private static String withoutLast(String line) {
        Reply reply = Json.read(line, Reply.class);
        Result.Subscribe whole = reply.subscribe();
        if (whole == null || whole.publications().isEmpty()) {
            return line;
        }
        List<Publication> fewer =
                whole.publications().subList(0, whole.publications().size() - 1);
        String all = pubs(whole.publications());
        return line.replace(all, pubs(fewer));
    }

    private static String pubs(List<Publication> publications) {
        return publications.stream().map(FrameWriter::publication).collect(Collectors.joining(","));
    }

    static UnaryOperator<Ports> corruptingData() {
        return posting((real, connection, message) -> post(real, connection, message.replace("1.50e+01", "15.0")));
    }

    /** Never takes a subscriber off the list. */
    static UnaryOperator<Ports> forgettingLeaves() {
        return ports -> new Ports(
                ports.connections(),
                ports.log(),
                ports.shards(),
                proxy(Subscribers.class, (call, name) -> name.equals("remove") ? null : call.on(ports.subscribers())),
                ports.mailboxes(),
                ports.poster(),
                ports.clock());
    }
}
