package io.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.events.PushResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DevicesTest {

    private final PushWorld world = new PushWorld();

    @Test
    void shouldKeepADeviceWhenItIsRegistered() {
        // When
        PushResult result = world.ask("device_register", """
                {"provider":"apns","token":"t-1","platform":"ios","user":"alice","locale":"de-CH","topics":["news"],\
                "tags":{"app":"2"},"meta":{"model":"15"}}""");

        // Then
        String id = ((PushResult.DeviceRegister) result).id();
        assertThat(world.ports().devices().find(id)).hasValueSatisfying(device -> {
            assertThat(device.user()).isEqualTo("alice");
            assertThat(device.provider()).isEqualTo(Provider.APNS);
            assertThat(device.locale()).isEqualTo("de-CH");
            assertThat(device.topics()).containsExactly("news");
            assertThat(device.tags()).containsEntry("app", "2");
            assertThat(device.endpoint()).isEqualTo("endpoint-1");
        });
        assertThat(world.ports().devices().ofUser("alice")).hasSize(1);
        assertThat(world.ports().devices().inTopic("news", "", 10).items()).containsExactly(id);
    }

    @Test
    void shouldGiveTheSameIdWhenATokenIsRegisteredAgain() {
        // Given
        String body = "{\"provider\":\"fcm\",\"token\":\"same\",\"platform\":\"android\"}";
        PushResult first = world.ask("device_register", body);

        // When
        PushResult second = world.ask("device_register", body);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void shouldRefreshTheEndpointWhenTheTokenChanges() {
        // Given
        String register = "{\"id\":\"d\",\"provider\":\"fcm\",\"token\":\"%s\",\"platform\":\"android\"}";
        world.ask("device_register", register.formatted("old"));

        // When
        world.ask("device_register", register.formatted("new"));

        // Then
        assertThat(world.gateway().tokens()).containsExactly("new");
        assertThat(world.ports().devices().idOfToken(Provider.FCM, "old")).isEmpty();
        assertThat(world.ports().devices().idOfToken(Provider.FCM, "new")).contains("d");
    }

    @Test
    void shouldForgetTheOtherDeviceWhenItsTokenIsRegisteredForAnother() {
        // Given
        world.register("token", "alice");

        // When
        world.ask(
                "device_register",
                "{\"id\":\"other\",\"provider\":\"fcm\",\"token\":\"token\",\"platform\":\"android\",\"user\":\"bob\"}");

        // Then
        assertThat(world.ports().devices().find("token")).isEmpty();
        assertThat(world.ports().devices().ofUser("alice")).isEmpty();
        assertThat(world.ports().devices().find("other")).isPresent();
    }

    @Test
    void shouldMoveADeviceWhenItsUserIsUpdated() {
        // Given
        world.register("d", "alice", "news", "old");

        // When
        world.ask(
                "device_update",
                "{\"ids\":[\"d\"],\"user_update\":{\"user\":\"\"},\"topics_update\":{\"op\":\"remove\",\"topics\":[\"old\"]}}");

        // Then
        assertThat(world.ports().devices().ofUser("alice")).isEmpty();
        assertThat(world.ports().devices().ofUser("")).hasSize(1);
        assertThat(world.ports().devices().inTopic("old", "", 10).items()).isEmpty();
        assertThat(world.ports().devices().inTopic("news", "", 10).items()).containsExactly("d");
    }

    @Test
    void shouldDeleteTheEndpointWhenADeviceIsRemoved() {
        // Given
        world.register("a", "alice", "news");
        world.register("b", "bob");

        // When
        world.ask(
                "device_remove",
                "{\"users\":[\"alice\"],\"provider_tokens\":[{\"provider\":\"fcm\",\"tokens\":[\"b\"]}]}");

        // Then
        assertThat(world.gateway().tokens()).isEmpty();
        assertThat(world.ports().devices().all("", 10).items()).isEmpty();
        assertThat(world.ports().devices().inTopic("news", "", 10).items()).isEmpty();
    }

    @Test
    void shouldListEveryDeviceOncePageByPage() {
        // Given
        List<String> ids = IntStream.range(0, 7)
                .mapToObj(i -> world.register("d" + i, "user" + i % 2))
                .toList();

        // When
        List<String> listed = new ArrayList<>();
        String since = "";
        boolean more;
        do {
            PushResult.DeviceList page =
                    (PushResult.DeviceList) world.ask("device_list", "{\"limit\":3,\"since\":\"%s\"}".formatted(since));
            page.items().forEach(device -> listed.add(device.id()));
            since = page.items().getLast().id();
            more = page.hasMore();
        } while (more);

        // Then
        assertThat(listed).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void shouldGoOnWithAListWhoseLastDeviceIsGone() {
        // Given
        List<String> ids = IntStream.range(0, 4)
                .mapToObj(i -> world.register("d" + i, "alice"))
                .toList();
        Page<Device> first = world.ports().devices().all("", 2);
        world.ask("device_remove", "{\"ids\":[\"%s\"]}".formatted(first.next()));

        // When
        Page<Device> rest = world.ports().devices().all(first.next(), 10);

        // Then
        assertThat(rest.hasMore()).isFalse();
        assertThat(Stream.concat(first.items().stream(), rest.items().stream()).map(Device::id))
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void shouldListOnlyWhatPassesWhenFiltersAreGiven() {
        // Given
        world.register("a", "alice", "news");
        world.register("b", "bob");

        // When
        PushResult.DeviceList list =
                (PushResult.DeviceList) world.ask("device_list", "{\"users\":[\"alice\"],\"include_topics\":true}");

        // Then
        assertThat(list.hasMore()).isFalse();
        assertThat(list.items()).singleElement().satisfies(device -> {
            assertThat(device.id()).isEqualTo("a");
            assertThat(device.topics()).containsExactly("news");
        });
    }

    @Test
    void shouldRefuseToChangeWhatHasChangedMeanwhile() {
        // Given
        world.register("d", "alice");
        Device read = world.ports().devices().find("d").orElseThrow();
        world.register("d", "bob");

        // Then
        assertThat(world.ports().devices().save(Optional.of(read), read)).isFalse();
        assertThat(world.ports().devices().remove(read)).isFalse();
    }

    @Test
    void shouldForgetTheOldestDeviceOfAUserWhoHasTooMany() {
        // Given
        for (int i = 0; i < Device.MAX_PER_USER; i++) {
            world.register("d" + i, "alice");
            world.clock().advance(Duration.ofSeconds(1));
        }
        world.register("d0", "alice");
        world.register("b", "bob");
        assertThat(world.ports().devices().ofUser("alice")).hasSize(Device.MAX_PER_USER);

        // When
        world.register("new", "alice");
        world.ask("device_update", "{\"ids\":[\"b\"],\"user_update\":{\"user\":\"alice\"}}");

        // Then
        assertThat(world.ports().devices().ofUser("alice"))
                .extracting(Device::id)
                .hasSize(Device.MAX_PER_USER)
                .contains("d0", "new", "b")
                .doesNotContain("d1", "d2");
        assertThat(world.gateway().tokens()).hasSize(Device.MAX_PER_USER).doesNotContain("d1", "d2");
    }

    @Test
    void shouldNameTheRemedyWhenADeviceCannotBeKept() {
        assertThatThrownBy(() ->
                        world.ask("device_register", "{\"provider\":\"hms\",\"token\":\"t\",\"platform\":\"ios\"}"))
                .isInstanceOf(PushRefused.class)
                .hasMessageContaining("fcm, apns, apns_sandbox");
        assertThatThrownBy(() -> world.ask(
                        "device_register", "{\"provider\":\"apns_sandbox\",\"token\":\"t\",\"platform\":\"ios\"}"))
                .hasMessageContaining("no platform application for apns_sandbox");
        String fields =
                "{\"provider\":\"%s\",\"token\":\"t\",\"platform\":\"%s\",\"locale\":\"%s\",\"timezone\":\"%s\"}";
        assertThatThrownBy(() -> world.ask("device_register", fields.formatted("apns", "android", "", "")))
                .hasMessageContaining("platform must be ios with the provider apns");
        assertThatThrownBy(() -> world.ask("device_register", fields.formatted("fcm", "web", "not a locale", "")))
                .hasMessageContaining("locale must be a language tag");
        assertThatThrownBy(() -> world.ask("device_register", fields.formatted("fcm", "web", "", "Mars/Base")))
                .hasMessageContaining("timezone must be a name such as Europe/Zurich");
        assertThatThrownBy(() -> world.ask("device_update", "{\"ids\":[\"d\"],\"locale_update\":{\"locale\":\"%%\"}}"))
                .hasMessageContaining("locale must be a language tag");
        world.ask("device_register", fields.formatted("fcm", "android", "pt_BR", "Europe/Zurich"));
        assertThatThrownBy(() -> world.ask("device_remove", "{}"))
                .hasMessageContaining("ids, users or provider_tokens");
    }
}
