package io.carillon.local.aws.sns;

/** Says what became of one entry of a batch. */
sealed interface PublishOutcome {

    void writeIfSuccessful(XmlReply list);

    void writeIfFailed(XmlReply list);

    /** An entry that was taken in. */
    record Published(String id, String messageId) implements PublishOutcome {

        @Override
        public void writeIfSuccessful(XmlReply list) {
            list.element("member", member -> member.element("Id", id).element("MessageId", messageId));
        }

        @Override
        public void writeIfFailed(XmlReply list) {
            // It did not fail.
        }
    }

    /** An entry that was refused; the others are not hurt by it. */
    record Refused(String id, SnsException error) implements PublishOutcome {

        @Override
        public void writeIfSuccessful(XmlReply list) {
            // It did not succeed.
        }

        @Override
        public void writeIfFailed(XmlReply list) {
            list.element(
                    "member",
                    member -> member.element("Id", id)
                            .element("Code", error.code())
                            .element("Message", error.getMessage())
                            .element("SenderFault", "true"));
        }
    }
}
