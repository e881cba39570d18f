package io.carillon.infra;

import io.carillon.dynamodb.Epochs;
import java.util.Locale;

/**
 * One of two deployments that stand in for each other, each a stage of its own in a Region of its own. Its logs are copied
 * to the other Region; its names lead to it or to the other, as Route 53's health check says.
 *
 * @param region where this one is, as in {@code eu-west-1}
 * @param other where the other one is
 * @param epochMark what its epochs begin with; no two deployments ever have the same, and each gets a new one before it
 *     serves again after the other has
 * @param role which of the two
 */
public record TwoRegions(String region, String other, String epochMark, Role role) {

    /** Which of the two a deployment is. */
    public enum Role {
        /** Names lead here while it is healthy. */
        PRIMARY,
        /** Names lead here while the other is not. */
        SECONDARY;

        static Role of(String text) {
            for (Role role : values()) {
                if (role.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return role;
                }
            }
            throw new IllegalArgumentException("two_regions.role must be primary or secondary; it was " + text);
        }
    }

    /** Checks what AWS would refuse only in the middle of a deployment, or what would mix two logs. */
    public TwoRegions {
        requireRegion("region", region);
        requireRegion("other", other);
        if (region.equals(other)) {
            throw new IllegalArgumentException(
                    "two_regions.region and two_regions.other must be two Regions; both were " + region);
        }
        if (!Epochs.isMark(epochMark)) {
            throw new IllegalArgumentException(
                    "two_regions.epoch_mark must be 1 to 16 small letters and digits, such as" + " eu1; it was "
                            + epochMark);
        }
    }

    private static void requireRegion(String key, String region) {
        if (!region.matches("[a-z]{2}(-[a-z]+)+-\\d")) {
            throw new IllegalArgumentException(
                    "two_regions." + key + " must be a Region, such as eu-west-1; it was " + region);
        }
    }
}
