package io.carillon.events.golden;

import io.carillon.events.ClientInfo;
import io.carillon.events.CloudEvent;
import io.carillon.events.EventData;
import io.carillon.events.Mail;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.Push;
import io.carillon.events.RawJson;
import io.carillon.events.Request;
import io.carillon.events.Result;
import io.carillon.events.SubscribeOptions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One value of everything that Carillon writes, by the name of its golden file. */
final class Examples {

    static final ClientInfo ALICE = new ClientInfo(
            "alice", "2f6a-client", RawJson.of("{\"name\": \"Alice\"}"), RawJson.of("{\"role\":\"host\"}"));
    static final ClientInfo ANONYMOUS = new ClientInfo("", "", RawJson.NONE, RawJson.of("{}"));
    static final Publication BY_BACKEND =
            new Publication(41, RawJson.of("{\"text\":\"é\",\"n\":1.10}"), ClientInfo.NONE, Map.of(), 1773621982500L);
    static final Publication BY_ALICE =
            new Publication(42, RawJson.of("[1,  2]"), ALICE, Map.of("lang", ""), 1773621982501L);
    static final Publication BARE = new Publication(0, RawJson.of("null"), ClientInfo.NONE, Map.of(), 0);

    private static final RawJson DATA = RawJson.of("{\"welcome\":true}");
    private static final String CHANNEL = "chat:room1";
    private static final String CONNECTION = "HfAbCcDdEeFfGgA=";

    private Examples() {}

    static Map<String, CloudEvent> events() {
        Map<String, EventData> data = new LinkedHashMap<>();
        data.put(
                "publication",
                new EventData.Publication(
                        CHANNEL, "chat", "Kx7q", 42, BY_ALICE.data(), BY_ALICE.info(), BY_ALICE.tags()));
        data.put(
                "publication-no-history",
                new EventData.Publication("news", "", "", 0, BY_BACKEND.data(), ClientInfo.NONE, Map.of()));
        data.put("join", new EventData.Join(CHANNEL, "chat", ALICE));
        data.put("leave", new EventData.Leave(CHANNEL, "chat", ALICE));
        data.put("occupied", new EventData.Occupied(CHANNEL, "chat"));
        data.put("vacated", new EventData.Vacated(CHANNEL, "chat"));
        data.put("connected", new EventData.Connected("alice", "2f6a-client"));
        data.put("disconnected", new EventData.Disconnected("", "2f6a-client"));
        data.put("device_failed", new EventData.DeviceFailed("alice", "d-1", "fcm", "android"));
        Map<String, CloudEvent> all = new LinkedHashMap<>();
        data.forEach((name, one) -> all.put(
                name,
                CloudEvent.of(name + ":example", Instant.ofEpochMilli(BY_ALICE.time()), one)
                        .from("arn:aws:sns:eu-west-1:123456789012:carillon-events")));
        return all;
    }

    static Map<String, Result> results() {
        Map<String, Result> all = new LinkedHashMap<>();
        all.put(
                "connect",
                new Result.Connect(
                        "2f6a-client",
                        "0.1.0",
                        true,
                        3600,
                        DATA,
                        480,
                        "s-1",
                        "n-1",
                        Map.of(
                                "chat:room1",
                                new Result.Subscribe(
                                        false, 0, true, "Kx7q", List.of(BY_ALICE), true, 41, true, DATA, true))));
        all.put("connect-bare", new Result.Connect("2f6a-client", "", false, 0, RawJson.NONE, 0, "", "", Map.of()));
        all.put(
                "subscribe",
                new Result.Subscribe(true, 60, true, "Kx7q", List.of(), false, 42, true, RawJson.NONE, false));
        all.put(
                "subscribe-bare",
                new Result.Subscribe(false, 0, false, "", List.of(), false, 0, false, RawJson.NONE, false));
        all.put(
                "subscribe-recovered",
                new Result.Subscribe(
                        false, 0, true, "Kx7q", List.of(BY_BACKEND, BY_ALICE), true, 40, true, DATA, true));
        all.put(
                "subscribe-unrecovered",
                new Result.Subscribe(false, 0, true, "Kx7q", List.of(), false, 42, true, RawJson.NONE, true));
        all.put("unsubscribe", new Result.Unsubscribe());
        all.put("publish", new Result.Publish());
        all.put("presence", new Result.Presence(Map.of("2f6a-client", ALICE)));
        all.put("presence-nobody", new Result.Presence(Map.of()));
        all.put("presence_stats", new Result.PresenceStats(3, 2));
        all.put("presence_stats-nobody", new Result.PresenceStats(0, 0));
        all.put("history", new Result.History(List.of(BY_BACKEND, BY_ALICE), "Kx7q", 42));
        all.put("history-empty", new Result.History(List.of(), "", 0));
        all.put("rpc", new Result.Rpc(RawJson.of("12345678901234567890.10")));
        all.put("rpc-nothing", new Result.Rpc(RawJson.NONE));
        all.put("refresh", new Result.Refresh("2f6a-client", "0.1.0", true, 3600));
        all.put("sub_refresh", new Result.SubRefresh(true, 60));
        all.put("sub_refresh-never", new Result.SubRefresh(false, 0));
        return all;
    }

    static Map<String, Push> pushes() {
        Map<String, Push> all = new LinkedHashMap<>();
        all.put("pub", new Push.Pub(BY_BACKEND));
        all.put("pub-client", new Push.Pub(BY_ALICE));
        all.put("pub-no-history", new Push.Pub(BARE));
        all.put("join", new Push.Join(ALICE));
        all.put("leave", new Push.Leave(ANONYMOUS));
        all.put("unsubscribe", new Push.Unsubscribed(2500, "insufficient state"));
        all.put("unsubscribe-no-reason", new Push.Unsubscribed(2000, ""));
        all.put("subscribe", new Push.Subscribed(true, "Kx7q", 42, true, DATA));
        all.put("subscribe-bare", new Push.Subscribed(false, "", 0, false, RawJson.NONE));
        all.put("message", new Push.Message(RawJson.of("\"<&>\"")));
        all.put("disconnect", new Push.Disconnected(3503, "force disconnect"));
        return all;
    }

    static Map<String, Mail> mails() {
        Map<String, Mail> all = new LinkedHashMap<>();
        all.put("published", new Mail.Published(CHANNEL, 0, "Kx7q", BY_ALICE));
        all.put("published-no-history", new Mail.Published(CHANNEL, 3, "", BARE));
        all.put(
                "published-offset-only",
                new Mail.Published(
                        CHANNEL, 1, "Kx7q", new Publication(42, RawJson.NONE, ClientInfo.NONE, Map.of(), 0)));
        all.put(
                "subscribe",
                new Mail.Subscribe(
                        CHANNEL,
                        2,
                        CONNECTION,
                        7,
                        5,
                        ALICE,
                        new Request.Recover(true, 40, "Kx7q"),
                        new SubscribeOptions(true, true, true, true, true, true, 1773625582, true),
                        DATA,
                        Position.NONE));
        all.put(
                "subscribe-answered",
                new Mail.Subscribe(
                        CHANNEL,
                        1,
                        CONNECTION,
                        7,
                        0,
                        ALICE,
                        Request.Recover.NO,
                        new SubscribeOptions(true, true, false, false, false, false, 0, false),
                        RawJson.NONE,
                        new Position(42, "Kx7q")));
        all.put(
                "subscribe-bare",
                new Mail.Subscribe(
                        CHANNEL,
                        0,
                        CONNECTION,
                        1,
                        0,
                        ClientInfo.NONE,
                        Request.Recover.NO,
                        SubscribeOptions.NONE,
                        RawJson.NONE,
                        Position.NONE));
        all.put("unsubscribe", new Mail.Unsubscribe(CHANNEL, 2, CONNECTION, 8, 2000, "server unsubscribe"));
        all.put("unsubscribe-silent", new Mail.Unsubscribe(CHANNEL, 0, CONNECTION, 8, 0, ""));
        all.put("joined", new Mail.Joined(CHANNEL, 1, ALICE));
        all.put("left", new Mail.Left(CHANNEL, 0, ANONYMOUS));
        all.put("settle", new Mail.Settle(CHANNEL, 1, 2));
        all.put("announce", new Mail.Announce(CHANNEL, "Kx7q", 42, 1_773_621_982_501L));
        events().forEach((name, event) -> all.put("event-" + name, Mail.Event.of(event)));
        return all;
    }
}
