package io.carillon.infra;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.infra.TwoRegions.Role;
import io.carillon.push.Provider;
import java.util.Map;
import java.util.Optional;

/** A deployment with all that one can have: what a check finds nothing wrong with is then true of every stage. */
final class Everything {

    private static final String CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0";

    private static final String SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:chat/";

    private static final DeployedConfig CONFIG = DeployedConfig.of(Json.read("""
            {"client":{"allowed_origins":["https://app.example.com"],
                       "proxy":{"connect":{"enabled":true,
                                "endpoint":"arn:aws:lambda:eu-west-1:123456789012:function:gate"}}},
             "channel":{"namespaces":[{"name":"chat","history_size":10,"history_ttl":"1h","presence":true,"join_leave":true,
                        "carillon":{"push":"offline","push_delay":"5m","events":["publication","join","leave"]}}]},
             "carillon":{"events":["connected","disconnected"]}}""", JsonNode.class));

    /** Two of three from secrets, and one that was there before. */
    static final Map<Provider, PushApplication> FROM_SECRETS = Map.of(
            Provider.FCM, new PushApplication.FromSecret(SECRET + "fcm-AbCdEf", 2),
            Provider.APNS, new PushApplication.FromSecret(SECRET + "apns-GhIjKl"),
            Provider.APNS_SANDBOX,
                    new PushApplication.Existing("arn:aws:sns:eu-west-1:123456789012:app/APNS_SANDBOX/chat"));

    private Everything() {}

    static CarillonProps props() {
        var zone = new CustomDomain.HostedZone("Z0123456789", "example.com");
        return CarillonProps.builder("everything", CONFIG, Synthesized.functions())
                .production(true)
                .webSocketDomain(new CustomDomain("ws.example.com", CERTIFICATE, Optional.of(zone)))
                .httpDomain(new CustomDomain("api.example.com", CERTIFICATE, Optional.of(zone)))
                .pushApplications(FROM_SECRETS)
                .twoRegions(new TwoRegions("eu-west-1", "us-east-1", "eu1", Role.PRIMARY))
                .monitoring(new Monitoring("INFO", Optional.of("ops@example.com"), Optional.empty(), ""))
                .tags(Map.of("team", "realtime"))
                .build();
    }
}
