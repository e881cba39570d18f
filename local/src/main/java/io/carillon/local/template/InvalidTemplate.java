package io.carillon.local.template;

import java.io.Serial;

/** A template describes nothing that could run; the message says what is wrong with it. */
public final class InvalidTemplate extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1;

    InvalidTemplate(String what) {
        super("The template cannot be run: " + what);
    }
}
