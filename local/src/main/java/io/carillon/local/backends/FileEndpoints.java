package io.carillon.local.backends;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The endpoints of a configuration that are files, as in {@code file:chat-backend.mjs}. Each becomes the Lambda function
 * that the file would be when it is deployed, so that nothing behind this knows of files.
 *
 * @param config the configuration, with ARNs for files
 * @param files the files by the names of their functions
 */
public record FileEndpoints(JsonNode config, Map<String, Path> files) {

    private static final String SCHEME = "file:";
    private static final String ENDPOINT = "endpoint";
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

    private static final List<String> SECTIONS = List.of(
            "/client/proxy/connect",
            "/client/proxy/refresh",
            "/channel/proxy/subscribe",
            "/channel/proxy/publish",
            "/channel/proxy/sub_refresh",
            "/rpc/proxy");

    public FileEndpoints {
        files = Map.copyOf(files);
    }

    /**
     * Finds them.
     *
     * @param folder what relative paths start from
     */
    public static FileEndpoints in(JsonNode config, Path folder) {
        JsonNode changed = config.deepCopy();
        Map<String, Path> files = new HashMap<>();
        SECTIONS.forEach(section -> replace(changed.at(section), folder, files));
        changed.path("proxies").forEach(proxy -> replace(proxy, folder, files));
        return new FileEndpoints(changed, files);
    }

    private static void replace(JsonNode section, Path folder, Map<String, Path> files) {
        String endpoint = section.path(ENDPOINT).asText();
        if (section instanceof ObjectNode object && endpoint.startsWith(SCHEME)) {
            Path file = folder.resolve(path(endpoint)).toAbsolutePath().normalize();
            object.put(ENDPOINT, ARN + name(file, files));
        }
    }

    /** Takes {@code file:a.mjs}, {@code file:/a.mjs} and {@code file:///a.mjs}. */
    private static String path(String endpoint) {
        String path = endpoint.substring(SCHEME.length());
        return path.startsWith("///") ? path.substring(2) : path;
    }

    private static String name(Path file, Map<String, Path> files) {
        String plain = String.valueOf(file.getFileName()).replaceAll("[^-a-zA-Z0-9_]", "-");
        String name = plain;
        for (int other = 2; !files.getOrDefault(name, file).equals(file); other++) {
            name = plain + "-" + other;
        }
        files.put(name, file);
        return name;
    }
}
