package io.carillon.config;

import java.time.Duration;
import java.util.List;

/** Holds the options of channels that Centrifugo has no word for. */
public record NamespaceCarillon(
        @Key("Who gets the `push` of a publication as a mobile push notification, among the members of its channel and "
                + "the users that it names: nobody, in which case publications cannot have one (`never`), all of them "
                + "(`always`), or those who are not connected when it is sent (`offline`).")
        PushRule push,

        @Key(
                value =
                        "How long the push of a publication waits; with `push` at `offline`, a user who connects in the "
                                + "meantime does not get it.",
                longest = "900s",
                wholeSeconds = true)
        Duration pushDelay,

        @Key(
                "What the topic `events` is told of the namespace's channels: any of `publication`, `join`, `leave` (both need "
                        + "`join_leave`), `occupied` and `vacated`.")
        List<String> events) {}
