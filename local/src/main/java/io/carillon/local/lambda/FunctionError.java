package io.carillon.local.lambda;

/** Says that a handler threw, or ran past its timeout: what Lambda reports as {@code FunctionError}. */
public final class FunctionError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FunctionError(String message, Throwable cause) {
        super(message, cause);
    }
}
