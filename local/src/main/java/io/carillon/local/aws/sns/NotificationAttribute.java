package io.carillon.local.aws.sns;

import java.math.BigDecimal;

/**
 * Holds one message attribute.
 *
 * @param dataType {@code String}, {@code Number}, {@code Binary}, {@code String.Array}, or one of these with a label
 * @param text the value; Base64 when the type is binary
 */
record NotificationAttribute(String dataType, String text) {

    NotificationAttribute {
        if (dataType.isEmpty()) {
            throw SnsException.invalidParameter("The message attribute must contain a non-empty attribute type");
        }
        if (text.isEmpty()) {
            throw SnsException.invalidParameter("The message attribute must contain a non-empty value");
        }
        if (dataType.equals("Number")) {
            requireNumber(text);
        }
    }

    boolean isBinary() {
        return dataType.startsWith("Binary");
    }

    private static void requireNumber(String text) {
        try {
            new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw SnsException.invalidParameter("Could not cast message attribute value to number: " + text);
        }
    }
}
