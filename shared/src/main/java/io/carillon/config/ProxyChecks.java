package io.carillon.config;

import com.google.re2j.Pattern;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Checks the backends: that each is somewhere, and that whoever asks one by its name finds it. */
final class ProxyChecks {

    private static final Pattern FUNCTION =
            Pattern.compile("^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[-a-zA-Z0-9_]+(:[-a-zA-Z0-9_$]+)?$");

    private static final Pattern HEADER = Pattern.compile("[-!#$%&'*+.^_`|~0-9a-zA-Z]+");

    /** Belong to the connection, not to a request. */
    private static final List<String> RESERVED =
            List.of("connection", "content-length", "content-type", "expect", "host", "upgrade");

    private final Config config;
    private final List<ConfigProblem> problems = new ArrayList<>();

    ProxyChecks(Config config) {
        this.config = config;
    }

    List<ConfigProblem> problems() {
        ClientProxyConfig client = config.client().proxy();
        checkSwitched(client.connect(), "client.proxy.connect");
        checkSwitched(client.refresh(), "client.proxy.refresh");
        ChannelProxyConfig channel = config.channel().proxy();
        check(channel.subscribe(), "channel.proxy.subscribe");
        check(channel.publish(), "channel.proxy.publish");
        check(channel.subRefresh(), "channel.proxy.sub_refresh");
        check(config.rpc().proxy(), "rpc.proxy");
        checkNamed();
        checkOptions(config.channel().withoutNamespace(), "channel.without_namespace");
        for (int i = 0; i < config.channel().namespaces().size(); i++) {
            checkOptions(config.channel().namespaces().get(i).options(), "channel.namespaces[" + i + "]");
        }
        checkRpc();
        return problems;
    }

    private void checkSwitched(SwitchedProxyConfig proxy, String path) {
        require(
                !proxy.enabled() || proxy.proxy().isSet(),
                path + ".endpoint",
                "is needed while " + path + ".enabled is true");
        check(proxy.proxy(), path);
    }

    private void checkNamed() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < config.proxies().size(); i++) {
            NamedProxyConfig proxy = config.proxies().get(i);
            String path = "proxies[" + i + "]";
            require(
                    NamespaceNames.NAME.matches(proxy.name()) && !proxy.name().equals(Proxied.DEFAULT),
                    path + ".name",
                    "must be two or more of a-z A-Z 0-9 - _ . and not \"default\", is \"" + proxy.name() + "\"");
            require(names.add(proxy.name()), path + ".name", "another proxy is named \"" + proxy.name() + "\" already");
            require(proxy.proxy().isSet(), path + ".endpoint", "is needed");
            check(proxy.proxy(), path);
        }
    }

    private void check(ProxyConfig proxy, String path) {
        require(
                !proxy.isSet() || isEndpoint(proxy),
                path + ".endpoint",
                "must be a URL that starts with https:// or http://, or the ARN of a Lambda function such as "
                        + "arn:aws:lambda:eu-west-1:123456789012:function:chat-backend; grpc:// is not supported, and "
                        + "file: only in ./carillon dev");
        require(
                !isEndpoint(proxy)
                        || proxy.isFunction()
                        || URI.create(proxy.endpoint()).getUserInfo() == null,
                path + ".endpoint",
                "must not hold a name and a password, which logs and functions would show: send them as the static header "
                        + "Authorization");
        require(
                proxy.emulatedHeaders().isEmpty() || path.equals("client.proxy.connect"),
                path + ".emulated_headers",
                "only client.proxy.connect can have them: give the other proxies what they need in the meta of the "
                        + "connect result, with include_connection_meta");
        require(
                proxy.http().staticHeaders().keySet().stream().allMatch(ProxyChecks::isHeader),
                path + ".http.static_headers",
                "can hold headers of your own, but not " + String.join(", ", RESERVED));
        // The HTTP client would refuse it with the value in its message.
        require(
                proxy.http().staticHeaders().values().stream()
                        .allMatch(value -> value.chars().allMatch(c -> c >= ' ' && c < 127)),
                path + ".http.static_headers",
                "has a value with characters that cannot stand in a header: printable ASCII can");
        List<StatusTransform> transforms = proxy.http().statusToCodeTransforms();
        for (int i = 0; i < transforms.size(); i++) {
            checkTransform(transforms.get(i), path + ".http.status_to_code_transforms[" + i + "]");
        }
        checkFailure(proxy.onFailure(), path + ".on_failure");
    }

    private static boolean isHeader(String name) {
        return HEADER.matches(name) && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isEndpoint(ProxyConfig proxy) {
        if (proxy.isFunction()) {
            return FUNCTION.matches(proxy.endpoint());
        }
        try {
            URI uri = URI.create(proxy.endpoint());
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void checkTransform(StatusTransform transform, String path) {
        int error = transform.toError().code();
        int disconnect = transform.toDisconnect().code();
        require(
                (error > 0) != (disconnect > 0),
                path,
                "needs either to_error.code or to_disconnect.code, and not both");
        checkCodes(error, disconnect, path);
    }

    private void checkFailure(FailureConfig failure, String path) {
        int error = failure.toError().code();
        int disconnect = failure.toDisconnect().code();
        checkCodes(error, disconnect, path);
        require(
                Stream.of(error > 0, disconnect > 0, failure.allow())
                                .filter(is -> is)
                                .count()
                        <= 1,
                path,
                "can have only one of to_error.code, to_disconnect.code and allow");
        boolean complete = (error > 0 || failure.toError().message().isEmpty())
                && (disconnect > 0 || failure.toDisconnect().reason().isEmpty());
        require(complete, path, "needs to_error.code or to_disconnect.code beside the text");
        require(
                !failure.isSet() || !path.contains("refresh."),
                path,
                "cannot be set: what expires stays for another minute while the backend fails, and is asked again");
        require(
                !failure.allow() || path.startsWith("channel.") || path.startsWith("proxies["),
                path + ".allow",
                "only subscribe and publish proxies can have it: without an answer nobody knows who a client is, or what a "
                        + "method gives; use to_error or to_disconnect");
    }

    private void checkCodes(int error, int disconnect, String path) {
        require(
                error == 0 || error >= 400 && error <= 1999,
                path + ".to_error.code",
                "must be from 400 to 1999, is " + error);
        require(
                disconnect == 0 || disconnect >= 4000 && disconnect <= 4999,
                path + ".to_disconnect.code",
                "must be from 4000 to 4999, is " + disconnect);
    }

    private void checkOptions(ChannelOptions options, String path) {
        ChannelProxyOptions proxy = options.proxy();
        ChannelProxyConfig standard = config.channel().proxy();
        checkChoice(
                proxy.subscribeProxyEnabled(),
                proxy.subscribeProxyName(),
                standard.subscribe(),
                path + ".subscribe_proxy",
                "channel.proxy.subscribe");
        checkChoice(
                proxy.publishProxyEnabled(),
                proxy.publishProxyName(),
                standard.publish(),
                path + ".publish_proxy",
                "channel.proxy.publish");
        checkChoice(
                proxy.subRefreshProxyEnabled(),
                proxy.subRefreshProxyName(),
                standard.subRefresh(),
                path + ".sub_refresh_proxy",
                "channel.proxy.sub_refresh");
    }

    private void checkRpc() {
        checkRpc(config.rpc().withoutNamespace(), "rpc.without_namespace");
        NamespaceNames names = new NamespaceNames();
        for (int i = 0; i < config.rpc().namespaces().size(); i++) {
            RpcNamespaceConfig namespace = config.rpc().namespaces().get(i);
            String path = "rpc.namespaces[" + i + "]";
            problems.addAll(names.problems(namespace.name(), path));
            checkRpc(namespace.options(), path);
        }
    }

    private void checkRpc(RpcOptions options, String path) {
        checkChoice(options.proxyEnabled(), options.proxyName(), config.rpc().proxy(), path + ".proxy", "rpc.proxy");
        require(
                !options.proxyEnabled()
                        || config.proxies().stream()
                                .noneMatch(proxy -> proxy.name().equals(options.proxyName())
                                        && proxy.proxy().onFailure().allow()),
                path + ".proxy_name",
                "names a proxy with on_failure.allow, which cannot answer methods: give them an entry of proxies without it");
    }

    private void checkChoice(boolean enabled, String name, ProxyConfig standard, String key, String section) {
        if (!enabled) {
            return;
        }
        if (name.equals(Proxied.DEFAULT)) {
            require(standard.isSet(), key + "_enabled", "needs a backend: set " + section + ".endpoint");
        } else {
            require(
                    config.proxies().stream().anyMatch(proxy -> proxy.name().equals(name)),
                    key + "_name",
                    "there is no \"" + name + "\" in proxies");
        }
    }

    private void require(boolean holds, String key, String problem) {
        if (!holds) {
            problems.add(new ConfigProblem(key, problem));
        }
    }
}
