package io.carillon.local.aws.sns;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Serves AWS's query protocol over HTTP: a form in, XML out. Those who got a message from SNS may also fetch the addresses
 * in it: the certificate, and what confirms or ends a subscription.
 */
final class SnsHandler extends Handler.Abstract {

    /** What an address in a message does when it is fetched. */
    private static final Set<String> FETCHED = Set.of("ConfirmSubscription", "Unsubscribe");

    private final SnsActions actions;
    private final Signer signer;

    SnsHandler(SnsActions actions, Signer signer) {
        this.actions = actions;
        this.signer = signer;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (Request.getPathInContext(request).equals(Signer.CERTIFICATE_PATH)) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-pem-file");
            Content.Sink.write(response, true, signer.certificate(), callback);
            return true;
        }
        var requestId = UUID.randomUUID().toString();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/xml;charset=utf-8");
        response.getHeaders().put("x-amzn-RequestId", requestId);
        String reply;
        try {
            var isFetched = HttpMethod.GET.is(request.getMethod());
            var query = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
            var parameters =
                    QueryParameters.parse(isFetched ? query : Content.Source.asString(request, StandardCharsets.UTF_8));
            var action = parameters.required("Action");
            if (isFetched && !FETCHED.contains(action)) {
                throw SnsException.badRequest("InvalidAction", "The local SNS takes " + action + " by POST only");
            }
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
