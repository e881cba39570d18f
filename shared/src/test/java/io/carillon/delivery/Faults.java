package io.carillon.delivery;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Stands between the logic and its ports, and lets a delivery die at a chosen call. */
final class Faults {

    /** What a function that dies leaves behind: nothing but the calls it had made. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crash(String point) {
            super("Crashed at " + point);
        }
    }

    /** Decides on one call; {@code point} is such as {@code before Shards.save}. */
    interface Plan {
        boolean crashesAt(String point);
    }

    private static final Plan NONE = point -> false;

    /** Fits the n-th call of a kind. */
    static final class Nth implements Predicate<String> {
        private final String point;
        private int left;

        Nth(String point, int n) {
            this.point = point;
            this.left = n;
        }

        @Override
        public boolean test(String passed) {
            return point.equals(passed) && --left == 0;
        }
    }

    private final List<String> points = new ArrayList<>();
    private Plan plan = NONE;

    <T> T around(Class<T> port, T real) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            String name = port.getSimpleName() + "." + method.getName();
            crash("before " + name);
            try {
                Object result = method.invoke(real, arguments);
                crash("after " + name);
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    private synchronized void crash(String point) {
        points.add(point);
        if (plan.crashesAt(point)) {
            throw new Crash(point);
        }
    }

    /** Crashes at the next call of a kind, once. */
    synchronized void crashAt(String point) {
        crashWhen(point::equals);
    }

    /** Crashes at the next call that fits, once. */
    synchronized void crashWhen(Predicate<String> point) {
        plan = passed -> {
            boolean isHit = point.test(passed);
            if (isHit) {
                plan = NONE;
            }
            return isHit;
        };
    }

    /** Does something just before the next call of a port's method, once. */
    synchronized void onceBefore(String method, Runnable action) {
        plan = passed -> {
            if (passed.equals("before " + method)) {
                plan = NONE;
                action.run();
            }
            return false;
        };
    }

    /** Crashes wherever the plan says. */
    synchronized void follow(Plan next) {
        plan = next;
    }

    synchronized void stop() {
        plan = NONE;
    }

    /** The points passed since the last call of this method. */
    synchronized List<String> passed() {
        List<String> passed = List.copyOf(points);
        points.clear();
        return passed;
    }
}
