package io.carillon.local.backends;

/** Says that a function did not get as far as its handler: in Lambda's words, with the remedy. */
final class InitFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InitFailed(Outcome outcome) {
        super(outcome.payload());
    }

    InitFailed(String message, Throwable cause) {
        super(Outcome.failed("Runtime.InitError", message).payload(), cause);
    }

    Outcome outcome() {
        return Outcome.failed(getMessage());
    }
}
