package io.carillon.fuzz;

import io.carillon.config.Channels;
import io.carillon.config.Config;
import io.carillon.config.InvalidConfig;
import java.nio.charset.StandardCharsets;

/** Configurations, right and wrong: each is taken whole, or refused by saying what is wrong with it. */
public final class ConfigFuzz {

    private ConfigFuzz() {}

    /** Reads the input as a configuration in JSON, and looks channels up in it. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Config config;
        try {
            config = Config.read(text);
        } catch (InvalidConfig e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new IllegalStateException("A refusal must say what is wrong", e);
            }
            return;
        }
        Channels channels = new Channels(config);
        channels.resolve(text);
        channels.resolve("news:" + text);
    }
}
