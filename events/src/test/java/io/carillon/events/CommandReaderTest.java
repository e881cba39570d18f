package io.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReaderTest {

    private static final String FIRST = "{\"id\":1,\"presence\":{\"channel\":\"a\"}}";
    private static final String SECOND = "{\"id\":2,\"unsubscribe\":{\"channel\":\"b\"}}";
    private static final List<Command> BOTH =
            List.of(new Command(1, new Request.Presence("a")), new Command(2, new Request.Unsubscribe("b")));

    @ParameterizedTest
    @ValueSource(strings = {"\n", "", " ", "\r\n", "\n\n", "\t \n"})
    void shouldReadEveryCommandInOrderWhateverStandsBetween(String between) {
        assertThat(CommandReader.read(FIRST + between + SECOND)).isEqualTo(BOTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", " ", "\n\n"})
    void shouldIgnoreWhiteSpaceAtTheEnds(String white) {
        assertThat(CommandReader.read(white + FIRST + "\n" + SECOND + white)).isEqualTo(BOTH);
    }

    @Test
    void shouldReadACommandThatSpansLines() {
        assertThat(CommandReader.read("{\r\n \"id\" : 1 ,\n\"presence\":{\n\"channel\":\"a\"}\n}\n" + SECOND))
                .isEqualTo(BOTH);
    }

    @Test
    void shouldReadAnEmptyObjectAsPong() {
        assertThat(CommandReader.read("{}")).containsExactly(new Command(0, new Request.Pong()));
        assertThat(CommandReader.read("{}\n{}\n")).hasSize(2);
    }

    @Test
    void shouldReadTheLargestId() {
        assertThat(CommandReader.read("{\"id\":4294967295,\"presence\":{}}"))
                .containsExactly(new Command(4294967295L, new Request.Presence("")));
    }

    @Test
    void shouldTakeTheLastOfRepeatedFields() {
        // Given
        String twice = "{\"id\":1,\"id\":2,\"history\":"
                + "{\"channel\":\"a\",\"channel\":\"b\",\"limit\":1,\"since\":{\"offset\":1,\"offset\":2},\"limit\":2}}";

        // Then
        assertThat(CommandReader.read(twice))
                .containsExactly(new Command(2, new Request.History("b", 2, new Position(2, ""), false)));
    }

    @Test
    void shouldRefuseAFieldThatIsRepeatedWhenAllAreRead() {
        assertThatThrownBy(() -> CommandReader.read("{\"id\":1,\"presence\":{\"channel\":\"a\",\"channel\":\"b\"}}"))
                .isInstanceOf(MalformedJson.class);
    }

    @Test
    void shouldKeepRepeatedFieldsInsideAPayload() {
        assertThat(data("{\"a\":1,\"a\":2}")).isEqualTo("{\"a\":1,\"a\":2}");
    }

    @Test
    void shouldKeepABackslashAndUnicodeAsTheyAre() {
        assertThat(data("\"\\ud83d\\ude00 😀 é \\u00e9 \\ud83d \\n \\\\ \u2028\""))
                .isEqualTo("\"\\ud83d\\ude00 😀 é \\u00e9 \\ud83d \\n \\\\ \u2028\"");
    }

    @Test
    void shouldTurnRawLineBreaksOfAPayloadIntoSpaces() {
        assertThat(data("[1,\r\n2]\n")).isEqualTo("[1,  2]");
    }

    @Test
    void shouldTellNullFromNothing() {
        assertThat(data("null")).isEqualTo("null");
        assertThat(CommandReader.read("{\"id\":1,\"publish\":{\"channel\":\"a\"}}"))
                .containsExactly(new Command(1, new Request.Publish("a", RawJson.NONE, 0)));
    }

    @Test
    void shouldReadCharactersOutsideTheBasicPlaneInChannels() {
        assertThat(CommandReader.read("{\"id\":1,\"presence\":{\"channel\":\"\\ud83d\\ude00é😀\"}}"))
                .containsExactly(new Command(1, new Request.Presence("😀é😀")));
    }

    @Test
    void shouldReadALongPayloadByteForByteWhenOtherCommandsFollow() {
        // Given
        String payload = "\"" + "é\\u00e9😀".repeat(4_000) + "\"";
        String frame = "{\"id\":1,\"publish\":{\"data\":" + payload + ",\"channel\":\"a\"}}\n";

        // When
        List<Command> commands = CommandReader.read(frame.repeat(3));

        // Then
        assertThat(commands).hasSize(3);
        assertThat(commands)
                .allSatisfy(command ->
                        assertThat(command.request()).isEqualTo(new Request.Publish("a", new RawJson(payload), 0)));
    }

    @Test
    void shouldReadAFrameOfThe32KilobytesThatApiGatewayLetsThrough() {
        // Given
        StringBuilder frame = new StringBuilder("{\"id\":1,\"connect\":{}}");
        int id = 1;
        while (frame.length() < 32_000) {
            id++;
            frame.append("\n{\"id\":")
                    .append(id)
                    .append(",\"subscribe\":{\"channel\":\"c")
                    .append(id)
                    .append("\"}}");
        }

        // When
        List<Command> commands = CommandReader.read(frame.toString());

        // Then
        assertThat(commands).hasSize(id);
        assertThat(commands.getLast().request()).extracting("channel").isEqualTo("c" + id);
    }

    @Test
    void shouldReadUnknownFieldsOverWhateverTheyHold() {
        assertThat(CommandReader.read("{\"x\":[{\"id\":9},1e999],\"id\":1,\"presence\":"
                        + "{\"y\":{\"channel\":\"z\"},\"channel\":\"a\",\"w\":null},\"params\":\"\"}"))
                .containsExactly(BOTH.getFirst());
    }

    static Stream<String> malformed() {
        String nested = "[".repeat(300) + "]".repeat(300);
        String digits = "9".repeat(1_100);
        Stream<String> requests = Stream.of(
                        "connect", "subscribe", "unsubscribe", "publish", "presence", "presence_stats", "history")
                .flatMap(method -> Stream.of("\"a\"", "\"\"", "1", "1.5", "true", "[]", "[{}]", "[null]", digits)
                        .map(value -> "{\"id\":1,\"" + method + "\":" + value + "}"));
        Stream<String> others = Stream.of("rpc", "send", "refresh", "sub_refresh")
                .flatMap(method -> Stream.of("\"a\"", "1", "false", "[]")
                        .map(value -> "{\"id\":1,\"" + method + "\":" + value + "}"));
        Stream<String> frames = Stream.of(
                "",
                " ",
                "\n",
                "null",
                "1",
                "\"a\"",
                "[]",
                "[" + FIRST + "]",
                "{",
                "}",
                "{\"id\"",
                "{\"id\":1",
                "{\"id\":1,}",
                "{'id':1}",
                "{id:1}",
                "\uFEFF" + FIRST + "x",
                FIRST + ",",
                FIRST + "\n,\n" + SECOND,
                FIRST + "\nnull",
                FIRST + "\n{\"id\":2,\"publish\":{\"channel\":\"a\",\"data\":\"unterminated",
                FIRST.substring(0, FIRST.length() - 1),
                "{\"id\":1,\"presence\":{},\"history\":{}}",
                "{\"id\":1,\"presence\":{},\"presence\":{}}",
                "{\"id\":1,\"publish\":{\"data\":\"raw\nline break\"}}",
                "{\"id\":1,\"publish\":{\"data\":\"\\x\"}}",
                "{\"id\":1,\"publish\":{\"data\":01}}",
                "{\"id\":1,\"publish\":{\"data\":NaN}}",
                "{\"id\":1,\"publish\":{\"data\":" + nested + "}}",
                "{\"id\":1,\"x\":" + nested + "}");
        return Stream.of(frames, requests, others).flatMap(s -> s);
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void shouldRefuseAWholeFrameThatIsMalformed(String frame) {
        assertThatThrownBy(() -> CommandReader.read(frame)).isInstanceOf(MalformedJson.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "4294967296",
                "9223372036854775808",
                "1e3",
                "1.0",
                "\"1\"",
                "null",
                "true",
                "{}",
                "[1]",
            })
    void shouldRefuseAnIdThatIsNoNumberOf32Bits(String id) {
        assertThatThrownBy(() -> CommandReader.read("{\"presence\":{},\"id\":" + id + "}"))
                .isInstanceOf(MalformedJson.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"offset\":-1",
                "\"offset\":1.5",
                "\"offset\":1e3",
                "\"offset\":\"1\"",
                "\"offset\":9223372036854775808",
                "\"recover\":1",
                "\"recover\":\"true\"",
                "\"type\":2147483648",
                "\"channel\":1",
                "\"channel\":true",
                "\"channel\":{}",
                "\"channel\":[\"a\"]",
            })
    void shouldRefuseAFieldOfAnotherTypeRatherThanBendIt(String field) {
        assertThatThrownBy(() -> CommandReader.read("{\"id\":1,\"subscribe\":{" + field + "}}"))
                .isInstanceOf(MalformedJson.class);
    }

    @Test
    void shouldNotRepeatTheTextItRefuses() {
        assertThatThrownBy(() -> CommandReader.read("{\"id\":1,\"connect\":{\"token\":secret}}"))
                .isInstanceOf(MalformedJson.class)
                .hasMessage("not JSON (line 1, column 28)")
                .hasNoCause();
    }

    private static String data(String payload) {
        String frame = "{\"id\":1,\"publish\":{\"channel\":\"a\",\"data\":" + payload + "}}\n" + SECOND;
        Request request = CommandReader.read(frame).getFirst().request();
        return ((Request.Publish) request).data().text();
    }
}
