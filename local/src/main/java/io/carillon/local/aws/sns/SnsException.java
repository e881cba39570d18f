package io.carillon.local.aws.sns;

/** Refuses a request in the way SNS does: with a code, an HTTP status and a message. */
final class SnsException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final String code;
    private final int status;

    private SnsException(String code, int status, String message) {
        super(message);
        this.code = code;
        this.status = status;
    }

    static SnsException invalidParameter(String reason) {
        return new SnsException("InvalidParameter", BAD_REQUEST, "Invalid parameter: " + reason);
    }

    static SnsException notFound(String what) {
        return new SnsException("NotFound", NOT_FOUND, what + " does not exist");
    }

    static SnsException badRequest(String code, String message) {
        return new SnsException(code, BAD_REQUEST, message);
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }
}
