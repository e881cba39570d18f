package io.carillon.infra;

import io.carillon.config.InvalidConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/**
 * The app behind {@code cdk deploy}: one stack, {@code carillon-STAGE}. CDK's context says which: {@code -c stage=prod
 * -c config=carillon.yaml}.
 */
public final class CarillonApp {

    private static final String DEFAULT_STAGE = "dev";
    private static final String DEFAULT_CONFIG = "carillon.yaml";

    private CarillonApp() {}

    /**
     * Synthesizes what CDK's command line asks for.
     *
     * @param args the folder {@code infra-cdk}, then the functions' package
     */
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        App app = new App();
        try {
            String stage = context(app, "stage").orElse(DEFAULT_STAGE);
            notice(folder, stage).ifPresent(line -> System.err.println("carillon: " + line));
            add(app, props(folder, stage, context(app, "config").map(Path::of), Path.of(args[1])));
        } catch (IllegalArgumentException | InvalidConfig e) {
            System.err.println("carillon: " + e.getMessage());
            System.exit(2);
        }
        app.synth();
    }

    private static Optional<String> context(App app, String key) {
        return Optional.ofNullable(app.getNode().tryGetContext(key)).map(Object::toString);
    }

    /**
     * Says that a stage has no file, and what that means: it may be a slip of the pen. The stage {@code dev} needs none.
     *
     * @param folder holds {@code stages/STAGE.yaml}
     */
    static Optional<String> notice(Path folder, String stage) {
        Path stages = folder.resolve("stages");
        if (stage.equals(DEFAULT_STAGE) || Files.exists(stages.resolve(stage + ".yaml"))) {
            return Optional.empty();
        }
        return Optional.of("there is no stages/" + stage + ".yaml (there are: " + String.join(", ", names(stages))
                + "): the stage gets the defaults, and is not production");
    }

    private static List<String> names(Path stages) {
        try (Stream<Path> files = Files.list(stages)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * Reads a stage's settings and configuration.
     *
     * @param folder holds {@code stages/STAGE.yaml} and the default configuration, {@code carillon.yaml}
     * @param config the configuration's file; if there is none, what the stage's file names, or the default
     * @param functions the functions' package
     */
    public static CarillonProps props(Path folder, String stage, Optional<Path> config, Path functions) {
        Path stages = folder.resolve("stages");
        StageFile file = StageFile.read(stages.resolve(stage + ".yaml"));
        Path configFile = config.or(() -> file.configFile(stages)).orElse(folder.resolve(DEFAULT_CONFIG));
        return file.props(stage, DeployedConfig.read(configFile), functions);
    }

    /** Adds the stack of a stage, in the account and Region that CDK's command line found, unless it names one. */
    static CarillonStack add(App app, CarillonProps props) {
        StackProps stack = StackProps.builder()
                .stackName("carillon-" + props.stage())
                .description("Carillon: real-time messaging, stage " + props.stage())
                .env(Environment.builder()
                        .account(System.getenv("CDK_DEFAULT_ACCOUNT"))
                        .region(props.twoRegions().map(TwoRegions::region).orElse(System.getenv("CDK_DEFAULT_REGION")))
                        .build())
                .build();
        return new CarillonStack(app, "carillon-" + props.stage(), stack, props);
    }

    /**
     * Synthesizes a stage into a folder, as {@code cdk synth} does, without CDK's command line: for tests, and for tools
     * that start from the template.
     *
     * @param folder where to put it; the template is {@code carillon-STAGE.template.json}
     * @return the template's file
     */
    public static Path synthesize(CarillonProps props, Path folder) {
        App app = new App(AppProps.builder()
                .outdir(folder.toString())
                .analyticsReporting(false)
                .build());
        CarillonStack stack = add(app, props);
        app.synth();
        return folder.resolve(stack.getTemplateFile());
    }
}
