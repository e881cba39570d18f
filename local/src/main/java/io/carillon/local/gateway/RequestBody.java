package io.carillon.local.gateway;

import java.nio.BufferOverflowException;
import java.util.function.BiConsumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/** Reads whole request bodies without blocking. */
final class RequestBody {

    private RequestBody() {}

    /** Hands over the body, or the failure; {@code whenRead} must not block. */
    static void read(Request request, int limit, BiConsumer<byte[], Throwable> whenRead) {
        Content.Source.asByteArrayAsync(request, limit, Promise.Invocable.from(InvocationType.NON_BLOCKING, whenRead));
    }

    /** Says whether reading failed because the body is over the limit. */
    static boolean tooLarge(Throwable failure) {
        return failure instanceof IllegalStateException || failure instanceof BufferOverflowException;
    }
}
