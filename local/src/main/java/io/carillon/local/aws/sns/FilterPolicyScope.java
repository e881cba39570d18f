package io.carillon.local.aws.sns;

/** Says what a filter policy looks at, in SNS's words. */
enum FilterPolicyScope {
    MESSAGE_ATTRIBUTES("MessageAttributes"),
    MESSAGE_BODY("MessageBody");

    private final String text;

    FilterPolicyScope(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static FilterPolicyScope of(String text) {
        for (var scope : values()) {
            if (scope.text.equals(text)) {
                return scope;
            }
        }
        throw SnsException.invalidParameter("FilterPolicyScope: must be MessageAttributes or MessageBody");
    }
}
