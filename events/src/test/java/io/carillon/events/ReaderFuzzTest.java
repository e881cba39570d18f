package io.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.carillon.events.aws.HttpEvent;
import io.carillon.events.aws.QueueEvent;
import io.carillon.events.aws.Sample;
import io.carillon.events.aws.WebSocketEvent;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Changes valid texts at random: whatever comes of it, a reader either reads it or says that it is malformed. */
class ReaderFuzzTest {

    /** Repeat a failure with {@code -Dfuzz.seed=N}. */
    private static final long SEED = Long.getLong("fuzz.seed", 20260316L);

    private static final int ROUNDS = 20_000;

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            ",",
            ":",
            "\n",
            "\r",
            "null",
            "true",
            "-",
            "1e",
            "0",
            "\\u",
            "\\ud800",
            "\uD800",
            "\u0000",
            "\uFEFF",
            "😀",
            "9".repeat(40),
            "9".repeat(1_001),
            "[".repeat(201),
            "\"id\":",
            "\"data\":",
            "\"channel\":",
            "\"offset\":-1,",
            "\"connect\":{},",
            "\"subs\":{\"a\":null},",
            "\"x\":\"\",",
            "{}",
            "[null]");

    private static final List<String> FRAMES = List.of(
            "{\"connect\":{\"token\":\"t\",\"data\":{\"a\": [1.0,{}]},\"subs\":{\"n\":{\"recover\":true,\"offset\":4}}},"
                    + "\"id\":1}\n{\"subscribe\":{\"channel\":\"c\",\"offset\":7,\"epoch\":\"e\",\"flag\":3},\"id\":2}",
            "{\"publish\":{\"channel\":\"c\",\"data\":\"\\u00e9 😀\"},\"id\":3}\n{\"send\":{\"data\":null}}\n{}",
            "{\"history\":{\"channel\":\"c\",\"limit\":-1,\"since\":{\"offset\":1,\"epoch\":\"e\"}},\"id\":4}\r\n"
                    + "{\"rpc\":{\"method\":\"m\",\"data\":-1.5e-7},\"id\":5}");

    private static final List<String> MAILS = List.of(
            "{\"published\":{\"channel\":\"c\",\"epoch\":\"e\",\"publication\":{\"data\":[1],\"offset\":1,"
                    + "\"tags\":{\"a\":\"b\"},\"info\":{\"user\":\"u\",\"client\":\"c\",\"conn_info\":{}}}}}",
            "{\"subscribe\":{\"channel\":\"c\",\"connection\":\"i\",\"info\":{\"user\":\"u\"},\"recover\":{\"offset\":1},"
                    + "\"options\":{\"positioned\":true},\"data\":1}}");

    private static final List<String> BATCHES = List.of(
            "{\"commands\":[{\"publish\":{\"channel\":\"c\",\"data\":{\"a\":1},\"tags\":{\"a\":\"b\"},\"version\":1}},"
                    + "{\"subscribe\":{\"channel\":\"c\",\"override\":{\"presence\":{\"value\":true}}}},"
                    + "{\"disconnect\":{\"whitelist\":[\"a\"],\"disconnect\":{\"code\":4500}}}],\"parallel\":true}");

    @Test
    void shouldLetOnlyMalformedJsonEscapeFromFrames() {
        fuzz(FRAMES, ROUNDS, text -> {
            List<Command> commands = CommandReader.read(text);
            commands.forEach(command -> checkPayload(command.request()));
            return commands;
        });
    }

    @Test
    void shouldLetOnlyMalformedJsonEscapeFromMail() {
        fuzz(MAILS, ROUNDS / 4, text -> Json.write(Json.read(text, Mail.class)));
    }

    @Test
    void shouldLetOnlyMalformedJsonEscapeFromTheServerApi() {
        fuzz(BATCHES, ROUNDS / 4, text -> ApiRequest.read("batch", text));
    }

    @Test
    void shouldLetOnlyMalformedJsonEscapeFromAwsEvents() {
        fuzz(List.of(Sample.WEBSOCKET_DISCONNECT.text()), ROUNDS / 8, WebSocketEvent::read);
        fuzz(List.of(Sample.HTTP_REQUEST_BASE64.text()), ROUNDS / 8, HttpEvent::read);
        fuzz(List.of(Sample.SQS_FIFO_BATCH.text()), ROUNDS / 8, QueueEvent::read);
    }

    private static void fuzz(List<String> valid, int rounds, Function<String, Object> reader) {
        Random random = new Random(SEED);
        int read = 0;
        for (int round = 0; round < rounds; round++) {
            String text = mutate(valid.get(random.nextInt(valid.size())), random);
            try {
                assertThat(reader.apply(text)).isNotNull();
                read++;
            } catch (MalformedJson e) {
                assertThat(e).as(text).hasMessageNotContaining("not readable");
            } catch (RuntimeException | StackOverflowError e) {
                fail("Round " + round + " of -Dfuzz.seed=" + SEED + " broke the reader with " + text, e);
            }
        }
        System.out.println("fuzz.seed=" + SEED + ": " + read + " of " + rounds + " texts were still readable");
        assertThat(read)
                .as("readable texts: a fuzz that breaks all of them tests too little")
                .isPositive();
        assertThat(read)
                .as("malformed texts: a fuzz that breaks none tests nothing")
                .isLessThan(rounds);
    }

    /** A payload that was cut out of a frame is a whole JSON value on one line, or it would spoil the frames it is in. */
    private static void checkPayload(Request request) {
        RawJson data = switch (request) {
            case Request.Connect connect -> connect.data();
            case Request.Publish publish -> publish.data();
            case Request.Rpc rpc -> rpc.data();
            case Request.Send send -> send.data();
            default -> RawJson.NONE;
        };
        if (data.isPresent()) {
            assertThat(Json.read(data.text(), RawJson.class)).isEqualTo(data);
            assertThat(FrameWriter.reply(1, new Result.Rpc(data))).doesNotContain("\n", "\r");
        }
    }

    private static String mutate(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int changes = 1 + random.nextInt(3); changes > 0 && !changed.isEmpty(); changes--) {
            int at = random.nextInt(changed.length());
            int end = Math.min(changed.length(), at + 1 + random.nextInt(8));
            switch (random.nextInt(6)) {
                case 0 -> changed.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> changed.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> changed.delete(at, end);
                case 3 -> changed.insert(at, changed.substring(at, end));
                case 4 -> changed.setCharAt(at, (char) random.nextInt(Character.MAX_VALUE + 1));
                default -> changed.setLength(random.nextInt(4) == 0 ? at : changed.length());
            }
        }
        return changed.toString();
    }
}
