package io.carillon.infra.calls;

import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the methods that can run when a handler does (rapid type analysis): a virtual call reaches that method of every
 * class that is made somewhere on the way, and the Java library may call whatever such a class overrides of it. So it
 * finds too much rather than too little.
 */
final class Reach {

    private final Classes classes = new Classes();
    private final Set<MethodRef> reached = new LinkedHashSet<>();
    private final Deque<MethodRef> todo = new ArrayDeque<>();
    private final Set<String> made = new LinkedHashSet<>();
    private final Set<MethodRef> virtualCalls = new LinkedHashSet<>();
    private final Set<MethodRef> interfaceCalls = new LinkedHashSet<>();
    private final Set<Lambda> lambdas = new LinkedHashSet<>();
    private final Set<Class<?>> handedOut = new HashSet<>();
    private final Set<String> initialized = new HashSet<>();

    private record Lambda(Class<?> shape, String method, DirectMethodHandleDesc body) {}

    /** Gives the methods with code that the handler's start and invocations can reach. */
    static Set<MethodRef> of(Class<?> handler) {
        Reach reach = new Reach();
        String name = handler.getName().replace('.', '/');
        reach.make(name);
        reach.add(new MethodRef(name, "<init>", "()V"));
        while (!reach.todo.isEmpty()) {
            reach.scan(reach.todo.pop());
        }
        return reach.reached;
    }

    private void add(MethodRef method) {
        if (method.owner().startsWith(Classes.OURS)) {
            if (initialized.add(method.owner())) {
                add(new MethodRef(method.owner(), "<clinit>", "()V"));
            }
            classes.implementation(method).filter(reached::add).ifPresent(todo::push);
        }
    }

    private void scan(MethodRef method) {
        MethodModel code = classes.declared(method).orElseThrow();
        code.code().orElseThrow().forEach(element -> {
            switch (element) {
                case InvokeInstruction call -> call(call);
                case NewObjectInstruction made -> make(made.className().asInternalName());
                case InvokeDynamicInstruction lambda -> create(lambda);
                default -> {}
            }
        });
    }

    private void call(InvokeInstruction call) {
        MethodRef target = new MethodRef(
                call.owner().asInternalName(),
                call.name().stringValue(),
                call.type().stringValue());
        if (!target.owner().startsWith(Classes.OURS)) {
            handOut(call.typeSymbol());
        }
        if (call.opcode() == Opcode.INVOKEINTERFACE && interfaceCalls.add(target)) {
            Set.copyOf(lambdas).stream()
                    .filter(lambda -> isCalled(lambda, target))
                    .forEach(lambda -> handle(lambda.body()));
        }
        switch (call.opcode()) {
            case INVOKESTATIC, INVOKESPECIAL -> add(target);
            default -> dispatch(target);
        }
    }

    /** A lambda's body runs when somebody calls it: our own code, or a library that it may have been handed to. */
    private void create(InvokeDynamicInstruction instruction) {
        List<DirectMethodHandleDesc> bodies = instruction.bootstrapArgs().stream()
                .filter(DirectMethodHandleDesc.class::isInstance)
                .map(DirectMethodHandleDesc.class::cast)
                .toList();
        if (!instruction.bootstrapMethod().owner().displayName().equals("LambdaMetafactory")) {
            bodies.forEach(this::handle);
            return;
        }
        String shape = instruction.typeSymbol().returnType().descriptorString();
        Lambda lambda = new Lambda(
                Classes.loaded(shape.substring(1, shape.length() - 1)),
                instruction.name().stringValue(),
                bodies.getFirst());
        if (lambdas.add(lambda) && (isHandedOut(lambda) || isCalled(lambda))) {
            handle(lambda.body());
        }
    }

    private boolean isHandedOut(Lambda lambda) {
        return handedOut.stream().anyMatch(type -> type.isAssignableFrom(lambda.shape()));
    }

    private boolean isCalled(Lambda lambda) {
        return interfaceCalls.stream().anyMatch(call -> isCalled(lambda, call));
    }

    private static boolean isCalled(Lambda lambda, MethodRef call) {
        return call.name().equals(lambda.method())
                && Classes.loaded(call.owner()).isAssignableFrom(lambda.shape());
    }

    /** Code of others may call what it is handed. */
    private void handOut(MethodTypeDesc type) {
        for (ClassDesc parameter : type.parameterList()) {
            if (!parameter.isPrimitive() && !parameter.isArray() && !parameter.equals(ConstantDescs.CD_Object)) {
                String name = parameter.descriptorString();
                Class<?> handed = Classes.loaded(name.substring(1, name.length() - 1));
                if (handed.isInterface() && handedOut.add(handed)) {
                    Set.copyOf(lambdas).stream()
                            .filter(lambda -> handed.isAssignableFrom(lambda.shape()))
                            .forEach(lambda -> handle(lambda.body()));
                }
            }
        }
    }

    private void handle(DirectMethodHandleDesc handle) {
        String owner = handle.owner().descriptorString();
        MethodRef target =
                new MethodRef(owner.substring(1, owner.length() - 1), handle.methodName(), handle.lookupDescriptor());
        switch (handle.kind()) {
            case CONSTRUCTOR -> {
                make(target.owner());
                add(target);
            }
            case STATIC, SPECIAL, INTERFACE_STATIC, INTERFACE_SPECIAL -> add(target);
            default -> dispatch(target);
        }
    }

    private void dispatch(MethodRef target) {
        if (target.owner().startsWith(Classes.OURS) && virtualCalls.add(target)) {
            add(target);
            Set.copyOf(made).forEach(type -> override(type, target));
        }
    }

    private void make(String type) {
        if (!type.startsWith(Classes.OURS) || !made.add(type)) {
            return;
        }
        Set.copyOf(virtualCalls).forEach(call -> override(type, call));
        Class<?> loaded = Classes.loaded(type);
        supertypes(loaded)
                .filter(above -> !above.getName().startsWith("io.carillon."))
                .flatMap(above -> Arrays.stream(above.getDeclaredMethods()))
                .forEach(method -> libraryMayCall(type, method));
    }

    private void override(String type, MethodRef call) {
        if (Classes.loaded(call.owner()).isAssignableFrom(Classes.loaded(type))) {
            add(new MethodRef(type, call.name(), call.type()));
        }
    }

    private void libraryMayCall(String type, Method method) {
        String descriptor = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString();
        add(new MethodRef(type, method.getName(), descriptor));
    }

    private static Stream<Class<?>> supertypes(Class<?> type) {
        Stream<Class<?>> above =
                Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()));
        return above.flatMap(each -> Stream.concat(Stream.of(each), supertypes(each)));
    }
}
