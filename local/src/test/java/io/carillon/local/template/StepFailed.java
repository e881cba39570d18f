package io.carillon.local.template;

/** A step of a scenario did not succeed; the message is its name. */
final class StepFailed extends Exception {

    private static final long serialVersionUID = 1;

    StepFailed(String step) {
        super(step);
    }
}
