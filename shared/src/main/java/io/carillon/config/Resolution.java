package io.carillon.config;

/** Says what a channel name stands for: a channel with options, or nothing that may be used. */
public sealed interface Resolution permits ResolvedChannel, RefusedChannel {}
