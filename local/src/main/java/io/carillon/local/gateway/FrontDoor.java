package io.carillon.local.gateway;

import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Sends each request to its API by the path: the WebSocket and the HTTP API at the paths of Centrifugo and, below the
 * stage, at those of AWS; everything else to the pages mounted beside them.
 *
 * <p>Runs on the threads that watch the sockets, so nothing here may block; pages may, on virtual threads.
 */
final class FrontDoor extends Handler.Wrapper {

    private static final String WEBSOCKET = "/connection/websocket";

    private final String stagePath;
    private final String callbacks;
    private final String encodedCallbacks;
    private final Handshake handshake;
    private final CallbackApi callbackApi;
    private final HttpApi httpApi;
    private final Executor threads;

    FrontDoor(String stage, Handshake handshake, CallbackApi callbackApi, HttpApi httpApi, Executor threads) {
        this.stagePath = "/" + stage;
        this.callbacks = stagePath + "/@connections/";
        this.encodedCallbacks = stagePath + "/%40connections/";
        this.handshake = handshake;
        this.callbackApi = callbackApi;
        this.httpApi = httpApi;
        this.threads = threads;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        if (path.startsWith(encodedCallbacks)) {
            callbackApi.handle(path.substring(encodedCallbacks.length()), request, response, callback);
        } else if (path.startsWith(callbacks)) {
            callbackApi.handle(path.substring(callbacks.length()), request, response, callback);
        } else if (path.equals(WEBSOCKET) || path.equals(stagePath)) {
            handshake.handle(request, response, callback);
        } else if (path.startsWith(stagePath + "/")) {
            httpApi.handle(path.substring(stagePath.length()), request, response, callback);
        } else if (httpApi.serves(path)) {
            httpApi.handle(path, request, response, callback);
        } else {
            page(request, response, callback);
        }
        return true;
    }

    private void page(Request request, Response response, Callback callback) {
        threads.execute(() -> {
            try {
                if (!super.handle(request, response, callback)) {
                    HttpAnswers.message(response, callback, 404, "Not Found");
                }
            } catch (Exception e) {
                Response.writeError(request, response, callback, e);
            }
        });
    }
}
