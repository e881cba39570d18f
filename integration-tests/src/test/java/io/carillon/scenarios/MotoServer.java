package io.carillon.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** moto's server in a process of its own, on a free port of this machine; ended by {@link #close}. */
final class MotoServer implements AutoCloseable {

    static final String MISSING = "there is no moto_server on the PATH. Install it, best in a virtual environment:"
            + " pip install 'moto[server,dynamodb,sqs]==5.2.1'";

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final Process process;
    private final int port;

    private MotoServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it, and returns when it takes connections; nothing if it is not installed.
     *
     * @throws AssertionError if it ends or does not listen within a minute
     */
    static Optional<MotoServer> start() {
        int port = freePort();
        MotoServer server;
        try {
            server = new MotoServer(
                    new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start(),
                    port);
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
        server.awaitListening();
        return Optional.of(server);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private void awaitListening() {
        long deadline = System.nanoTime() + START.toNanos();
        while (!isListening()) {
            try {
                if (process.waitFor(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("moto_server ended with " + process.exitValue() + "; " + MISSING);
                }
            } catch (InterruptedException e) {
                close();
                throw new AssertionError("Interrupted while moto_server starts", e);
            }
            if (System.nanoTime() - deadline > 0) {
                close();
                throw new AssertionError("moto_server does not listen after " + START.toSeconds() + " s");
            }
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it, and what it started: the command may be a launcher. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
