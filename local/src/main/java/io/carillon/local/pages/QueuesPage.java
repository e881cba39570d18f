package io.carillon.local.pages;

import io.carillon.local.aws.FailedMails;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/**
 * Tells how many mails wait in a runtime's queues, and moves those that failed back.
 *
 * <p>Answers 503 until it is shown a runtime's queues. Safe for use by several threads.
 */
public final class QueuesPage {

    private volatile Optional<Queues> shown = Optional.empty();

    private record Queues(FailedMails mails, Optional<FailedMails> pushes) {}

    /**
     * Takes the queues of a runtime that has started.
     *
     * @param pushes the queue of mobile push; none where nothing is pushed
     */
    public void show(FailedMails mails, Optional<FailedMails> pushes) {
        shown = Optional.of(new Queues(mails, pushes));
    }

    Answer depth() {
        return answer(queues -> {
            FailedMails.Depth mails = queues.mails().depth();
            Optional<FailedMails.Depth> pushes = queues.pushes().map(FailedMails::depth);
            return Answer.json(Map.of(
                    "mailbox", mails.mailbox(),
                    "dead", mails.dead(),
                    "push", pushes.map(FailedMails.Depth::mailbox).orElse(0L),
                    "push_dead", pushes.map(FailedMails.Depth::dead).orElse(0L)));
        });
    }

    Answer redrive(Request request) {
        // A form of another page can post, but no browser sends this type unasked.
        String type = request.getHeaders().get("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            return Answer.text(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "Send application/json.");
        }
        boolean push = "push".equals(Request.extractQueryParameters(request).getValue("queue"));
        return answer(queues -> (push ? queues.pushes() : Optional.of(queues.mails()))
                .map(queue -> Answer.json(Map.of("moved", queue.redrive())))
                .orElseGet(() -> Answer.text(
                        HttpStatus.NOT_FOUND_404, "There is no queue of mobile push: the template has no platforms.")));
    }

    private Answer answer(Function<Queues, Answer> words) {
        return shown.map(words)
                .orElseGet(() -> Answer.text(
                        HttpStatus.SERVICE_UNAVAILABLE_503, "The runtime has not started yet: try again in a moment."));
    }
}
