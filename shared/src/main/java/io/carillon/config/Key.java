package io.carillon.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one key of the configuration. The key's name is the record component's name in snake case; its type is
 * the component's type. Reading, the errors and the reference page all come from this description.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {

    /** Says in one sentence what the key does. */
    String value();

    /** The default, as one would write it in the file; empty stands for the type's own zero. */
    String initial() default "";

    /** The smallest number allowed. */
    long min() default 0;

    /** The largest number allowed. */
    long max() default Integer.MAX_VALUE;

    /** The shortest duration allowed. */
    String shortest() default "0s";

    /** The longest duration allowed; empty means any. */
    String longest() default "";

    /** Whether a duration must be a whole number of seconds. */
    boolean wholeSeconds() default false;

    /** Whether the value must never appear in an error. */
    boolean secret() default false;
}
