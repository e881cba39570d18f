package io.carillon.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.CfnResource;
import software.constructs.IConstruct;

/**
 * Says why a finding of cdk-nag is no defect, where the resource is made. Written as the metadata that cdk-nag reads, so
 * that an app which runs it needs nothing more, and one that does not needs no cdk-nag.
 */
final class Explained {

    private static final String KEY = "cdk_nag";
    private static final String RULES = "rules_to_suppress";

    private Explained() {}

    /** Explains a finding on a construct's own resource. */
    static void finding(IConstruct construct, String rule, String reason) {
        CfnResource resource = (CfnResource) construct.getNode().getDefaultChild();
        List<Object> rules = new ArrayList<>(earlier(resource));
        // Sorted, since Map.of has another order in each process, and a template must not.
        rules.add(new TreeMap<>(Map.of("id", rule, "reason", reason)));
        resource.addMetadata(KEY, Map.of(RULES, rules));
    }

    private static List<?> earlier(CfnResource resource) {
        return Optional.ofNullable(resource.getMetadata(KEY))
                .map(metadata -> (List<?>) ((Map<?, ?>) metadata).get(RULES))
                .orElse(List.of());
    }
}
