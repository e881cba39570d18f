package io.carillon.infra;

import software.amazon.awscdk.Stack;
import software.constructs.IConstruct;
import software.constructs.MetadataEntry;
import software.constructs.Node;

/**
 * Keeps two constructs of one app from having one stage, in one account and Region: their tables and functions would have the
 * same names, which CloudFormation would find out only in the middle of a deployment.
 */
final class StageNames {

    private static final String KIND = "carillon:stage";

    private StageNames() {}

    /** @throws IllegalArgumentException if the app has it already */
    static void claim(IConstruct construct, String stage) {
        Node app = construct.getNode().getRoot().getNode();
        String claimed = stage + " in " + Stack.of(construct).getEnvironment();
        for (MetadataEntry entry : app.getMetadata()) {
            if (entry.getType().equals(KIND) && claimed.equals(entry.getData())) {
                throw new IllegalArgumentException("The app has the stage " + claimed + " twice, the second time at "
                        + construct.getNode().getPath() + ": give each construct a stage of its own, since it names"
                        + " tables, functions and queues (carillon-" + stage + "-…), or its stack another env");
            }
        }
        app.addMetadata(KIND, claimed);
    }
}
