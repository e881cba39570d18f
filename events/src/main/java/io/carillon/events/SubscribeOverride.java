package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;

/**
 * Says which options of a namespace one subscription does not follow. Written {@code {"presence":{"value":true}}}; an
 * option that is left out stays as the namespace has it. Read one as
 * {@code override.presence().or(namespace.presence())}.
 */
public record SubscribeOverride(
        Setting presence,
        @JsonProperty("join_leave") Setting joinLeave,
        @JsonProperty("force_recovery") Setting forceRecovery,
        @JsonProperty("force_positioning") Setting forcePositioning,
        @JsonProperty("force_push_join_leave") Setting forcePushJoinLeave) {

    /** Leaves every option as the namespace has it. */
    public static final SubscribeOverride NONE = new SubscribeOverride(null, null, null, null, null);

    public SubscribeOverride {
        presence = orUnset(presence);
        joinLeave = orUnset(joinLeave);
        forceRecovery = orUnset(forceRecovery);
        forcePositioning = orUnset(forcePositioning);
        forcePushJoinLeave = orUnset(forcePushJoinLeave);
    }

    private static Setting orUnset(Setting setting) {
        return setting == null ? Setting.UNSET : setting;
    }

    /** What is said of one option. */
    public enum Setting {
        UNSET,
        ON,
        OFF;

        @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
        static Setting of(@JsonProperty("value") boolean value) {
            return value ? ON : OFF;
        }

        @JsonValue
        Map<String, Boolean> json() {
            return this == UNSET ? Map.of() : Map.of("value", this == ON);
        }

        /** Gives what is said here, or else what the namespace says. */
        public boolean or(boolean configured) {
            return this == UNSET ? configured : this == ON;
        }
    }
}
