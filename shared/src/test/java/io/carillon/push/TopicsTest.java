package io.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.events.PushResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopicsTest {

    private final PushWorld world = new PushWorld();

    @Test
    void shouldGiveAUsersTopicsToTheDevicesThatAreThereAndToThoseThatCome() {
        // Given
        world.register("phone", "alice", "own");

        // When
        world.ask("user_topic_update", "{\"user\":\"alice\",\"op\":\"add\",\"topics\":[\"news\",\"sport\"]}");
        world.register("tablet", "alice");
        world.register("other", "bob");

        // Then
        assertThat(topics("phone")).containsExactlyInAnyOrder("own", "news", "sport");
        assertThat(topics("tablet")).containsExactlyInAnyOrder("news", "sport");
        assertThat(topics("other")).isEmpty();
    }

    @Test
    void shouldTakeAUsersTopicsFromItsDevicesButNotTheirOwn() {
        // Given
        world.register("phone", "alice", "own");
        world.ask("user_topic_update", "{\"user\":\"alice\",\"op\":\"add\",\"topics\":[\"news\",\"sport\"]}");

        // When
        world.ask("user_topic_update", "{\"user\":\"alice\",\"op\":\"set\",\"topics\":[\"music\"]}");

        // Then
        assertThat(topics("phone")).containsExactlyInAnyOrder("own", "music");
        assertThat(world.ports().devices().inTopic("news", "", 10).items()).isEmpty();
    }

    @Test
    void shouldSwitchTopicsWithTheUserOfADevice() {
        // Given
        world.ask("user_topic_update", "{\"user\":\"alice\",\"op\":\"add\",\"topics\":[\"hers\"]}");
        world.ask("user_topic_update", "{\"user\":\"bob\",\"op\":\"add\",\"topics\":[\"his\"]}");
        world.ask("user_topic_update", "{\"user\":\"\",\"op\":\"add\",\"topics\":[\"all\"]}");
        world.register("phone", "alice");
        assertThat(topics("phone")).containsExactlyInAnyOrder("hers", "all");

        // When
        world.register("phone", "bob");

        // Then
        assertThat(topics("phone")).containsExactlyInAnyOrder("his", "all");
    }

    @Test
    void shouldRefuseMoreTopicsThanADeviceCanHaveAndChangeNothing() {
        // Given
        String[] many =
                IntStream.range(0, Device.MAX_TOPICS).mapToObj(i -> "t" + i).toArray(String[]::new);
        world.register("phone", "alice", many);

        // Then
        assertThatThrownBy(() ->
                        world.ask("user_topic_update", "{\"user\":\"alice\",\"op\":\"add\",\"topics\":[\"one-more\"]}"))
                .hasMessageContaining("at most " + Device.MAX_TOPICS);
        assertThat(world.ports().userTopics().of("alice")).isEmpty();
        assertThat(topics("phone")).hasSize(Device.MAX_TOPICS);
    }

    @Test
    void shouldChangeTheTopicsOfADeviceOnlyForItsUserWhenOneIsNamed() {
        // Given
        world.register("phone", "alice");
        String update = "{\"device_id\":\"%s\",\"op\":\"add\",\"topics\":[\"news\"],\"user\":\"%s\"}";

        // When
        world.ask("device_topic_update", update.formatted("phone", "alice"));

        // Then
        assertThat(topics("phone")).containsExactly("news");
        assertThatThrownBy(() -> world.ask("device_topic_update", update.formatted("phone", "bob")))
                .hasMessageContaining("conflict");
        assertThatThrownBy(() -> world.ask("device_topic_update", update.formatted("gone", "")))
                .hasMessageContaining("not found");
        assertThatThrownBy(() -> world.ask("device_topic_update", "{\"device_id\":\"phone\"}"))
                .hasMessageContaining("set, add, remove");
    }

    @Test
    void shouldListTopicsOfDevicesPageByPage() {
        // Given
        for (int i = 0; i < 5; i++) {
            world.register("d" + i, "u" + i, i % 2 == 0 ? "even" : "odd", "each");
        }

        // When
        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            PushResult.DeviceTopicList page = (PushResult.DeviceTopicList) world.ask(
                    "device_topic_list",
                    "{\"filter\":{\"topics\":[\"even\",\"odd\"],\"topic_prefix\":\"e\"},\"limit\":2,\"cursor\":\"%s\"}"
                            .formatted(cursor));
            page.items().forEach(topic -> listed.add(topic.deviceId() + " " + topic.topic()));
            cursor = page.nextCursor();
        } while (!cursor.isEmpty());

        // Then
        assertThat(listed).containsExactly("d0 even", "d2 even", "d4 even");
    }

    @Test
    void shouldListTopicsOfUsersPageByPage() {
        // Given
        world.ask("user_topic_update", "{\"user\":\"alice\",\"op\":\"add\",\"topics\":[\"a\",\"b\"]}");
        world.ask("user_topic_update", "{\"user\":\"bob\",\"op\":\"add\",\"topics\":[\"a\"]}");
        String list = "{\"filter\":{\"users\":[\"bob\",\"alice\"]},\"limit\":2,\"cursor\":\"%s\"}";

        // When
        PushResult.UserTopicList first = (PushResult.UserTopicList) world.ask("user_topic_list", list.formatted(""));
        PushResult.UserTopicList second =
                (PushResult.UserTopicList) world.ask("user_topic_list", list.formatted(first.nextCursor()));

        // Then
        assertThat(first.items()).extracting(PushResult.UserTopic::id).containsExactly("alice/a", "alice/b");
        assertThat(second.items()).extracting(PushResult.UserTopic::id).containsExactly("bob/a");
        assertThat(second.nextCursor()).isEmpty();
        assertThatThrownBy(() -> world.ask("user_topic_list", "{}")).hasMessageContaining("filter.users");
    }

    @Test
    void shouldListDevicesByTheFilterOfNewerVersions() {
        // Given
        world.register("a", "alice", "news");
        world.register("b", "bob", "news");
        world.register("c", "carol");

        // When
        PushResult.DeviceList first =
                (PushResult.DeviceList) world.ask("device_list", "{\"filter\":{\"topics\":[\"news\"]},\"limit\":1}");
        PushResult.DeviceList second = (PushResult.DeviceList) world.ask(
                "device_list", "{\"filter\":{\"topics\":[\"news\"]},\"cursor\":\"%s\"}".formatted(first.nextCursor()));

        // Then
        assertThat(first.items()).extracting(PushResult.DeviceInfo::id).containsExactly("a");
        assertThat(second.items()).extracting(PushResult.DeviceInfo::id).containsExactly("b");
        assertThat(second.nextCursor()).isEmpty();
        assertThatThrownBy(() -> world.ask("device_list", "{\"filter\":{\"topics\":[\"news\"]},\"users\":[\"bob\"]}"))
                .hasMessageContaining("not both");
    }

    @Test
    void shouldChangeOnlyDevicesThatPassBothFilters() {
        // Given
        world.register("phone", "alice");
        world.register("tablet", "alice");

        // When
        world.ask(
                "device_update",
                "{\"ids\":[\"phone\"],\"users\":[\"alice\"],\"timezone_update\":{\"timezone\":\"Asia/Tokyo\"}}");

        // Then
        assertThat(world.ports().devices().find("phone"))
                .hasValueSatisfying(device -> assertThat(device.timezone()).isEqualTo("Asia/Tokyo"));
        assertThat(world.ports().devices().find("tablet"))
                .hasValueSatisfying(device -> assertThat(device.timezone()).isEmpty());
    }

    private Set<String> topics(String id) {
        return world.ports().devices().find(id).orElseThrow().topics();
    }
}
