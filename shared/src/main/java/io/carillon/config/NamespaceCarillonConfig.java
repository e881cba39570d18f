package io.carillon.config;

import java.util.List;

/** Holds the section {@code carillon} of a namespace: what Centrifugo has no word for. */
public record NamespaceCarillonConfig(
        @Key(
                "What the topic `events` is told of the namespace's channels: any of `publication`, `join`, `leave` (both need "
                        + "`join_leave`), `occupied` and `vacated`.")
        List<String> events) {}
