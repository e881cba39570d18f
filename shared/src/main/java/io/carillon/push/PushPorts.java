package io.carillon.push;

/** What mobile push works with outside: AWS through the adapters, or fakes in memory. */
public record PushPorts(
        Devices devices, UserTopics userTopics, Members members, Sends sends, PushGateway gateway, PushQueue queue) {}
