package io.carillon.infra;

import io.carillon.config.EventKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awscdk.services.sns.StringConditions;
import software.amazon.awscdk.services.sns.SubscriptionFilter;

/**
 * Says which events a subscription wants, and how they arrive:
 *
 * <pre>{@code
 * EventOptions.ALL.types(EventKind.PUBLICATION, EventKind.JOIN).namespaces("chat")
 * }</pre>
 *
 * <p>What it wants becomes the subscription's filter policy over the attributes {@code type} and {@code namespace} of
 * events. Immutable.
 *
 * @param types the events that are wanted; empty for all
 * @param namespaces the namespaces whose events are wanted; empty for all, and for events that belong to none
 * @param raw whether the CloudEvent itself arrives, rather than in SNS's envelope; unless set, queues get it so, and URLs
 *     do not, since the signature is in the envelope
 */
public record EventOptions(Set<EventKind> types, List<String> namespaces, Optional<Boolean> raw) {

    /** Every event, as its target is used to it. */
    public static final EventOptions ALL = new EventOptions(Set.of(), List.of(), Optional.empty());

    public EventOptions {
        // In the order of the enumeration, so that a template looks the same each time.
        Set<EventKind> sorted = EnumSet.noneOf(EventKind.class);
        sorted.addAll(types);
        types = Collections.unmodifiableSet(sorted);
        namespaces = List.copyOf(namespaces);
    }

    /** Wants these events alone. */
    public EventOptions types(EventKind... wanted) {
        return new EventOptions(Set.of(wanted), namespaces, raw);
    }

    /** Wants the events of these namespaces alone. */
    public EventOptions namespaces(String... wanted) {
        return new EventOptions(types, List.of(wanted), raw);
    }

    /** Sets whether SNS leaves its envelope off. */
    public EventOptions raw(boolean withoutEnvelope) {
        return new EventOptions(types, namespaces, Optional.of(withoutEnvelope));
    }

    /** Gives the filter policy; empty, as SNS wants it, if everything is wanted. */
    Map<String, SubscriptionFilter> filterPolicy() {
        Map<String, SubscriptionFilter> policy = new LinkedHashMap<>();
        if (!namespaces.isEmpty()) {
            policy.put("namespace", oneOf(namespaces));
        }
        if (!types.isEmpty()) {
            policy.put("type", oneOf(types.stream().map(EventKind::type).toList()));
        }
        return policy;
    }

    private static SubscriptionFilter oneOf(List<String> values) {
        return SubscriptionFilter.stringFilter(
                StringConditions.builder().allowlist(new ArrayList<>(values)).build());
    }
}
