package io.carillon.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Holds Carillon's configuration: the supported part of Centrifugo v6's, under the same names and with the same
 * defaults, and one section of Carillon's own. Every key is in {@code docs/reference/config.md}.
 *
 * <p>Immutable and safe for use by several threads. Secrets do not show in {@code toString}.
 *
 * @param client   who may connect, and the limits of a connection
 * @param httpApi  who may call the server API
 * @param channel  the channels and their namespaces
 * @param rpc      which backend answers which method
 * @param proxies  backends that are asked by their names
 * @param carillon what Centrifugo has no word for
 */
public record Config(
        ClientConfig client,
        HttpApiConfig httpApi,
        ChannelConfig channel,
        RpcConfig rpc,
        List<NamedProxyConfig> proxies,
        CarillonConfig carillon) {

    /**
     * Reads a configuration that was parsed elsewhere, from YAML for example.
     *
     * @throws InvalidConfig with every problem found
     */
    public static Config read(JsonNode tree) {
        return ConfigReader.read(tree);
    }

    /**
     * Reads a configuration written in JSON.
     *
     * @throws InvalidConfig with every problem found
     */
    public static Config read(String json) {
        return ConfigReader.read(ConfigReader.parse(json));
    }
}
