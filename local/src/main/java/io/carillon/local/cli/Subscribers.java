package io.carillon.local.cli;

import io.carillon.local.LocalRuntime;
import io.carillon.local.LocalSubscriptions;
import io.carillon.local.backends.LocalBackends;
import java.util.ArrayList;
import java.util.List;

/** Subscribes what is on this machine to the events. */
final class Subscribers {

    private Subscribers() {}

    /**
     * Subscribes webhooks, and functions that the template subscribes; gives what to tell of the template's URLs and
     * functions for which nothing stands in.
     *
     * @throws Misconfigured if a webhook stands in for a URL that the template does not have
     */
    static List<String> subscribe(LocalRuntime runtime, List<Webhook> webhooks, LocalBackends backends) {
        for (Webhook webhook : webhooks) {
            webhook.url()
                    .ifPresentOrElse(url -> standIn(runtime, url, webhook), () -> runtime.subscribe(webhook.here()));
        }
        List<String> silent = new ArrayList<>();
        runtime.subscriptions().ifPresent(subscriptions -> {
            backends.functions().forEach(subscriptions::standIn);
            tell(subscriptions, silent);
        });
        return silent;
    }

    private static void standIn(LocalRuntime runtime, String url, Webhook webhook) {
        try {
            runtime.subscriptions()
                    .orElseThrow(() -> new IllegalArgumentException("the configuration asks for no events"))
                    .standIn(url, webhook.here());
        } catch (IllegalArgumentException e) {
            throw new Misconfigured("--webhook " + url + "=" + webhook.here() + ": " + e.getMessage());
        }
    }

    private static void tell(LocalSubscriptions subscriptions, List<String> silent) {
        subscriptions
                .urls()
                .forEach(url -> silent.add("Nothing is posted to " + url
                        + " of the template; to have it here: --webhook " + url + "=http://localhost:9000/events"));
        subscriptions
                .functions()
                .forEach(name -> silent.add("Nothing is sent to the function " + name
                        + " of the template; to have it here: --function " + name + "=FILE"));
    }
}
