package io.carillon.local.gateway;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.ThreadPool;

/** Dates its answers, as API Gateway does, by a clock that may not be the machine's. Safe for use by several threads. */
final class DatedServer extends Server {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private volatile Dated last = new Dated(Instant.EPOCH);

    /** One field serves all answers of a second. */
    private record Dated(long second, HttpField field) {

        Dated(Instant instant) {
            this(instant.getEpochSecond(), new PreEncodedHttpField(HttpHeader.DATE, FORMAT.format(instant)));
        }
    }

    DatedServer(ThreadPool pool, InstantSource clock) {
        super(pool);
        this.clock = clock;
    }

    @Override
    public HttpField getDateField() {
        Instant now = clock.instant();
        Dated dated = last;
        if (dated.second() != now.getEpochSecond()) {
            dated = new Dated(now);
            last = dated;
        }
        return dated.field();
    }
}
