package io.carillon.scenarios;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * The scenarios as tests: those in {@code *.scenario.js} through the unmodified {@code centrifuge} client library from
 * npm, in each version, and those in {@code *.raw.js}, which speak the protocol by hand, once. {@code
 * -Dscenarios=standard/recovery} runs only the files whose path begins so.
 */
final class Scenarios implements AutoCloseable {

    private static final List<String> CLIENTS = List.of("centrifuge-5.8", "centrifuge-5.7");

    /** Names the client library to a scenario. */
    private static final String CLIENT = "CARILLON_CLIENT";

    /**
     * Files that hold over long-poll too. Those left out are of WebSocket by nature (frames by hand, disorder of frames in
     * flight), of the server API alone, or of long-poll already.
     */
    private static final List<String> OVER_LONG_POLL =
            List.of("connect", "presence", "publish", "recovery", "server-side", "subscribe");

    private static final String WANTED = System.getProperty("scenarios", "");

    private final Function<World, Stage> setter;
    private Optional<Stage> open = Optional.empty();

    /**
     * Runs them on stages of one kind.
     *
     * @param setter sets the stage for a world
     */
    Scenarios(Function<World, Stage> setter) {
        this.setter = setter;
    }

    /** Lists them all. */
    Stream<DynamicNode> tests() {
        return tests(EnumSet.allOf(World.class));
    }

    /** Lists those of some worlds, world by world: a stage is set when its first scenario runs. */
    Stream<DynamicNode> tests(Set<World> worlds) {
        return worlds.stream()
                .map(world -> dynamicContainer(world.folder(), Stream.concat(byHand(world), throughClients(world))));
    }

    /** Sets the stage for a world; the one before is taken down, since each takes memory. */
    private Stage stage(World world) {
        if (open.filter(stage -> stage.world() == world).isEmpty()) {
            close();
            open = Optional.of(setter.apply(world));
        }
        return open.get();
    }

    private Stream<DynamicTest> byHand(World world) {
        return wanted(world, ".raw.js").map(file -> test(name(file), world, file, Map.of(CLIENT, CLIENTS.getFirst())));
    }

    private Stream<DynamicTest> throughClients(World world) {
        return wanted(world, ".scenario.js")
                .flatMap(file -> CLIENTS.stream()
                        .map(client -> test(name(file) + " with " + client, world, file, Map.of(CLIENT, client))));
    }

    /** Lists those of the standard world that go over long-poll too, with the newest client library. */
    Stream<DynamicTest> overLongPoll() {
        return wanted(World.STANDARD, ".scenario.js")
                .filter(file ->
                        OVER_LONG_POLL.contains(file.getFileName().toString().replace(".scenario.js", "")))
                .map(file -> test(
                        name(file) + " over long-poll",
                        World.STANDARD,
                        file,
                        Map.of(CLIENT, CLIENTS.getFirst(), "CARILLON_TRANSPORT", "long-poll")));
    }

    private static Stream<Path> wanted(World world, String ending) {
        return world.files(ending).stream().filter(file -> name(file).startsWith(WANTED));
    }

    private static String name(Path file) {
        return NodeRun.SCENARIOS.relativize(file).toString().replace(".js", "");
    }

    private DynamicTest test(String title, World world, Path file, Map<String, String> more) {
        return dynamicTest(title, () -> run(title, world, file, more));
    }

    private void run(String title, World world, Path file, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(stage(world).environment());
        environment.putAll(more);
        NodeRun.run(title, file, environment);
    }

    @Override
    public void close() {
        open.ifPresent(Stage::close);
        open = Optional.empty();
    }
}
