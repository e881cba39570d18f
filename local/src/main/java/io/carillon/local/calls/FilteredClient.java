package io.carillon.local.calls;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/** Puts a filter around all calls of a synchronous SDK client. Closing the result closes the client. */
public final class FilteredClient implements InvocationHandler {

    private final Object client;
    private final CallFilter filter;

    private FilteredClient(Object client, CallFilter filter) {
        this.client = client;
        this.filter = filter;
    }

    /**
     * Filters a client.
     *
     * @param type the client's SDK interface, such as {@code DynamoDbClient}
     */
    public static <T> T of(Class<T> type, T client, CallFilter filter) {
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new FilteredClient(client, filter));
        return type.cast(proxy);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (arguments != null
                && arguments.length == 1
                && arguments[0] instanceof SdkRequest request
                && SdkResponse.class.isAssignableFrom(method.getReturnType())) {
            return filter.call(request, passed -> make(method, passed));
        }
        if (method.isDefault() && arguments != null) {
            // The short forms with a builder end in the form with a request, which must come by here too.
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private SdkResponse make(Method method, SdkRequest request) {
        try {
            return (SdkResponse) method.invoke(client, request);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("An SDK client threw what it does not declare", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("An SDK client's methods are public", e);
        }
    }
}
