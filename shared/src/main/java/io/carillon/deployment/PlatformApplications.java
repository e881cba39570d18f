package io.carillon.deployment;

import java.util.Map;

/** SNS platform applications, which hold the credentials that Google and Apple give out. */
public interface PlatformApplications {

    /**
     * Gives an application its attributes, and makes it first if it is not there. Doing so again changes nothing.
     *
     * @param arn its ARN, which its name and platform are read from
     * @param attributes as SNS names them
     */
    void put(String arn, Map<String, String> attributes);

    /** Deletes an application with all its endpoints; one that is not there is none. */
    void delete(String arn);
}
