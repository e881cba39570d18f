package io.carillon.infra;

/**
 * Subscribes what was there before the deployment to its events.
 *
 * @param target where they are sent
 * @param options which are sent, and how
 */
public record EventSubscription(EventTarget target, EventOptions options) {}
