package io.carillon.local.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Gives out the client library's browser build, exactly as npm installed it. */
final class ClientLibrary {

    private static final Path FILE = Path.of("local", "web", "node_modules", "centrifuge", "dist", "centrifuge.js");

    private final Optional<Path> root;

    ClientLibrary(Optional<Path> root) {
        this.root = root;
    }

    /** Reads the file anew for each request, so that it may be installed while the runtime runs. */
    Answer answer() {
        if (root.isEmpty()) {
            return missing("The system property carillon.root does not say where Carillon's folder is."
                    + " Start it with ./carillon dev, or with -Dcarillon.root=FOLDER.");
        }
        Path file = root.get().resolve(FILE);
        try {
            return Answer.asset(Asset.of(Files.readAllBytes(file), "text/javascript;charset=utf-8"));
        } catch (IOException e) {
            return missing("The JavaScript client library is not installed: " + file + " cannot be read."
                    + " Run npm ci in local/web, or start with ./carillon dev, which does that.");
        }
    }

    private static Answer missing(String remedy) {
        return Answer.text(HttpStatus.SERVICE_UNAVAILABLE_503, remedy);
    }
}
