package io.carillon.infra.calls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the byte-code of our classes, each once. */
final class Classes {

    static final String OURS = "io/carillon/";

    private final Map<String, ClassModel> read = new HashMap<>();

    ClassModel of(String name) {
        return read.computeIfAbsent(name, Classes::load);
    }

    private static ClassModel load(String name) {
        try (InputStream bytes = Classes.class.getClassLoader().getResourceAsStream(name + ".class")) {
            return ClassFile.of().parse(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    Optional<MethodModel> declared(MethodRef method) {
        return of(method.owner()).methods().stream()
                .filter(candidate -> candidate.methodName().equalsString(method.name())
                        && candidate.methodType().equalsString(method.type())
                        && candidate.code().isPresent())
                .findFirst();
    }

    /** Finds the class that holds the code of a method, the class itself or one above it. */
    Optional<MethodRef> implementation(MethodRef method) {
        String owner = method.owner();
        while (owner.startsWith(OURS)) {
            MethodRef candidate = new MethodRef(owner, method.name(), method.type());
            if (declared(candidate).isPresent()) {
                return Optional.of(candidate);
            }
            owner = of(owner).superclass().orElseThrow().asInternalName();
        }
        return inherited(method.owner(), method);
    }

    /** A default method of an interface. */
    private Optional<MethodRef> inherited(String owner, MethodRef method) {
        return of(owner).interfaces().stream()
                .map(entry -> entry.asInternalName())
                .filter(name -> name.startsWith(OURS))
                .map(name -> new MethodRef(name, method.name(), method.type()))
                .flatMap(candidate -> declared(candidate).isPresent()
                        ? Optional.of(candidate).stream()
                        : inherited(candidate.owner(), candidate).stream())
                .findFirst();
    }

    static Class<?> loaded(String name) {
        try {
            return Class.forName(name.replace('/', '.'), false, Classes.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
