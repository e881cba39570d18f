package io.carillon.proxy;

import java.util.Map;

/** A backend of the application, wherever it is. Must be safe for use by several threads. */
@FunctionalInterface
public interface Backend {

    /**
     * Asks it once, and repeats nothing.
     *
     * @param kind what is asked, in the configuration's word: {@code connect}, {@code sub_refresh}
     * @param request the request in JSON
     * @param headers what goes with it, by names in lower case
     * @return the answer in JSON
     * @throws BackendFailure if there is none in time, or one that says it failed
     */
    String ask(String kind, String request, Map<String, String> headers);
}
