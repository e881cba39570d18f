package io.carillon.local.load;

import io.carillon.local.client.PollClient;
import io.carillon.local.client.PollClient.Refused;
import io.carillon.local.client.PollPace;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One long-poll connection of a client, which asks as often, gives up as late and ends with the same codes as
 * {@code LongPollSocket} of the npm package carillon-transport.
 */
final class PollWire implements Wire {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_FRAME = 32 * 1024;
    private static final int MAX_FAILURES = 4;
    private static final int CLOSED_NORMALLY = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int TOO_LARGE = 1009;
    private static final int GONE = 410;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int TOO_MANY = 429;
    private static final int FIRST_SERVER_ERROR = 500;

    private final Owner owner;
    private final Deque<String> waiting = new ArrayDeque<>();
    private Optional<PollClient> client = Optional.empty();
    private Optional<Thread> thread = Optional.empty();
    private boolean over;
    private boolean stalled;

    PollWire(Owner owner) {
        this.owner = owner;
    }

    @Override
    public synchronized void open(HttpClient http, URI uri, String agent, Duration timeout) {
        PollClient.Caller caller = new PollClient.Caller(http, uri, agent, REQUEST_TIMEOUT);
        thread = Optional.of(Thread.ofVirtual().name("poll-wire").start(() -> run(caller)));
    }

    private void run(PollClient.Caller caller) {
        try {
            PollClient opened = PollClient.open(caller);
            if (!begin(opened)) {
                leave(opened);
                return;
            }
            owner.opened(this);
            exchange(opened);
        } catch (InterruptedException e) {
            // Aborted: whoever did so knows.
        } catch (Refused e) {
            end(closeCode(e.status()), e.getMessage());
        } catch (RuntimeException e) {
            end(ABNORMAL, String.valueOf(e.getMessage()));
        }
    }

    private synchronized boolean begin(PollClient opened) {
        client = Optional.of(opened);
        return !over;
    }

    private void exchange(PollClient open) throws InterruptedException {
        PollPace pace = new PollPace(open.intervals());
        while (isUp(pace.next())) {
            String frame = frame();
            if (frame.isEmpty()) {
                poll(open, pace);
            } else {
                take(open.send(frame));
                pace.sent();
            }
            if (open.isClosed()) {
                end(CLOSED_NORMALLY, "Connection Closed Normally");
            }
        }
    }

    private void poll(PollClient open, PollPace pace) throws InterruptedException {
        List<String> lines;
        try {
            lines = open.poll();
        } catch (Refused e) {
            boolean passes = e.status() == TOO_MANY || e.status() >= FIRST_SERVER_ERROR;
            if (!passes || pace.failed() >= MAX_FAILURES) {
                throw e;
            }
            return;
        } catch (UncheckedIOException e) {
            if (pace.failed() >= MAX_FAILURES) {
                throw e;
            }
            return;
        }
        pace.polled(!lines.isEmpty());
        take(lines);
    }

    private void take(List<String> lines) {
        if (!lines.isEmpty() && !isOver()) {
            owner.frame(this, String.join("\n", lines));
        }
    }

    /** Joins what waits into one frame, as far as it fits. */
    private synchronized String frame() {
        StringBuilder frame = new StringBuilder();
        int size = 0;
        while (!waiting.isEmpty()) {
            int next = waiting.peek().getBytes(StandardCharsets.UTF_8).length;
            if (size > 0 && size + 1 + next > MAX_FRAME) {
                break;
            }
            frame.append(size == 0 ? "" : "\n").append(waiting.remove());
            size += next + 1;
        }
        return frame.toString();
    }

    /** Waits as long as nothing is to be sent, and while it is stalled; says whether it goes on. */
    private synchronized boolean isUp(Duration pause) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        while (!over && (stalled || waiting.isEmpty())) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (!stalled && left <= 0) {
                break;
            }
            wait(stalled ? 0 : left);
        }
        return !over;
    }

    private synchronized boolean isOver() {
        return over;
    }

    @Override
    public synchronized void send(String text) {
        waiting.add(text);
        notifyAll();
    }

    @Override
    public synchronized void stall(boolean stop) {
        stalled = stop;
        notifyAll();
    }

    private void end(int code, String reason) {
        if (!stop()) {
            owner.ended(this, code, reason);
        }
    }

    private static int closeCode(int status) {
        return switch (status) {
            case GONE -> GOING_AWAY;
            case CONTENT_TOO_LARGE -> TOO_LARGE;
            default -> ABNORMAL;
        };
    }

    /** The server is told, as the package tells it; what is under way is not waited for. */
    @Override
    public synchronized void abort() {
        client.ifPresent(PollWire::leave);
        client = Optional.empty();
        abandon();
    }

    @Override
    public synchronized void abandon() {
        stop();
        thread.filter(one -> one != Thread.currentThread()).ifPresent(Thread::interrupt);
    }

    /** Says whether it was stopped before. */
    private synchronized boolean stop() {
        boolean before = over;
        over = true;
        notifyAll();
        return before;
    }

    private static void leave(PollClient left) {
        Thread.ofVirtual().name("poll-wire-close").start(() -> {
            try {
                left.close();
            } catch (InterruptedException | RuntimeException e) {
                // The server finds out by itself.
            }
        });
    }
}
