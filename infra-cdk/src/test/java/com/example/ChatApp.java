package com.example;

import io.carillon.config.SecretSection;
import io.carillon.infra.Carillon;
import io.carillon.infra.CarillonProps;
import io.carillon.infra.DeployedConfig;
import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;

/** An app of its own with Carillon in its stack. */
public final class ChatApp {

    public static void main(String[] args) {
        App app = new App();
        Stack stack = new Stack(app, "Chat");
        CarillonProps props = CarillonProps.builder(
                        "prod", DeployedConfig.read(Path.of("carillon.yaml")), Path.of("carillon-functions-lambda.zip"))
                .production(true)
                .build();
        Carillon realtime = new Carillon(stack, "Realtime", props);

        Function backend = Function.Builder.create(stack, "Backend")
                .runtime(Runtime.NODEJS_22_X)
                .handler("index.handler")
                .code(Code.fromAsset("backend"))
                .build();
        realtime.secret(SecretSection.API).ifPresent(secret -> secret.grantRead(backend));
        backend.addEnvironment("CARILLON_URL", realtime.httpUrl());
        app.synth();
    }
}
