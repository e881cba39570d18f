package io.carillon.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Tells which keys a section has, from the record that holds it. */
final class Schema {

    /** The path that stands for any entry of a list, as in {@code channel.namespaces[].name}. */
    static final String ANY_ENTRY = "[]";

    private Schema() {}

    /** Gives the name that a component has in the file: {@code historySize} is {@code history_size}. */
    static String name(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    static boolean isInline(RecordComponent component) {
        return component.isAnnotationPresent(Inline.class);
    }

    static boolean isSection(RecordComponent component) {
        return component.getType().isRecord();
    }

    /** Says whether the component is a list of sections, not of plain values. */
    static boolean isSectionList(RecordComponent component) {
        return component.getType() == List.class && entryType(component).isRecord();
    }

    static Class<? extends Record> sectionType(RecordComponent component) {
        return component.getType().asSubclass(Record.class);
    }

    static Class<?> entryType(RecordComponent component) {
        return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    }

    /** Lists the components whose keys stand directly in the section, those of inlined records among them. */
    static List<RecordComponent> keys(Class<? extends Record> section) {
        return Arrays.stream(section.getRecordComponents())
                .flatMap(component -> isInline(component)
                        ? keys(sectionType(component)).stream()
                        : Arrays.stream(new RecordComponent[] {component}))
                .toList();
    }

    static List<String> names(Class<? extends Record> section) {
        return keys(section).stream().map(Schema::name).toList();
    }

    /** Lists the full path of every plain key below a section. */
    static List<String> paths(Class<? extends Record> section, String at) {
        List<String> paths = new ArrayList<>();
        for (RecordComponent component : keys(section)) {
            String path = join(at, name(component));
            if (isSection(component)) {
                paths.addAll(paths(sectionType(component), path));
            } else if (isSectionList(component)) {
                paths.addAll(paths(entryType(component).asSubclass(Record.class), path + ANY_ENTRY));
            } else {
                paths.add(path);
            }
        }
        return paths;
    }

    static String join(String at, String name) {
        return at.isEmpty() ? name : at + "." + name;
    }

    static <T extends Record> T create(Class<T> section, Object[] values) {
        Class<?>[] types = Arrays.stream(section.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = section.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A section must be a record whose constructor only stores: " + section, e);
        }
    }
}
