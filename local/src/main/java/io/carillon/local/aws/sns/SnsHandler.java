package io.carillon.local.aws.sns;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Serves AWS's query protocol over HTTP: a form in, XML out. */
final class SnsHandler extends Handler.Abstract {

    private final SnsActions actions;

    SnsHandler(SnsActions actions) {
        this.actions = actions;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var requestId = UUID.randomUUID().toString();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/xml;charset=utf-8");
        response.getHeaders().put("x-amzn-RequestId", requestId);
        String reply;
        try {
            var parameters = QueryParameters.parse(Content.Source.asString(request, StandardCharsets.UTF_8));
            var action = parameters.required("Action");
            reply = XmlReply.of(action, requestId, actions.run(action, parameters));
            response.setStatus(HttpStatus.OK_200);
        } catch (SnsException e) {
            reply = XmlReply.error(e, requestId);
            response.setStatus(e.status());
        }
        Content.Sink.write(response, true, reply, callback);
        return true;
    }
}
