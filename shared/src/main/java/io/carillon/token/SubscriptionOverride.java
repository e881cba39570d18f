package io.carillon.token;

/**
 * Holds the options that a token sets for one subscription, whatever its namespace says. Read one as
 * {@code override.presence().or(options.presence())}.
 */
public record SubscriptionOverride(
        Setting presence,
        Setting joinLeave,
        Setting forcePushJoinLeave,
        Setting forcePositioning,
        Setting forceRecovery) {

    /** Leaves every option as the namespace has it. */
    public static final SubscriptionOverride NONE =
            new SubscriptionOverride(Setting.UNSET, Setting.UNSET, Setting.UNSET, Setting.UNSET, Setting.UNSET);

    /** Says what a token does to one option. */
    public enum Setting {
        /** Leaves it as the namespace has it. */
        UNSET,
        /** Turns it on. */
        ON,
        /** Turns it off. */
        OFF;

        /** Gives the token's word, or else what the namespace says. */
        public boolean or(boolean configured) {
            return this == UNSET ? configured : this == ON;
        }
    }
}
