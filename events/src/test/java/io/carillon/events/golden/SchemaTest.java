package io.carillon.events.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.carillon.events.ApiRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schemas say what is read and written: every golden file fits, and broken ones do not. */
class SchemaTest {

    private static final Schema MAILBOX = schema("mailbox");
    private static final Schema EVENT = schema("event");
    private static final Schema REQUEST = schema("server-api-request");
    private static final Schema REPLY = schema("server-api-reply");

    /** What Carillon reads so as to answer it with an error of its own. */
    private static final Set<String> REFUSED_REQUESTS = Set.of("publish-empty", "batch-odd");

    static Set<String> mails() {
        return Golden.files("mail");
    }

    static Set<String> requests() {
        return Golden.files("api-request");
    }

    static Set<String> replies() {
        return Golden.files("api-reply");
    }

    @ParameterizedTest
    @MethodSource("mails")
    void shouldDescribeEveryMail(String name) {
        assertThat(errors(MAILBOX, Golden.lines("mail/" + name + ".json").getFirst()))
                .isEmpty();
    }

    static Set<String> events() {
        return Golden.files("event");
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldDescribeEveryEvent(String name) {
        assertThat(errors(EVENT, Golden.lines("event/" + name + ".json").getFirst()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {}
            {"specversion":"1.0","id":"a","source":"s","type":"io.carillon.join.v1","time":"2026-01-01T00:00:00Z","subject":"c","datacontenttype":"application/json","data":{"channel":"c"}}
            {"specversion":"1.0","id":"a","source":"s","type":"io.carillon.publication.v1","time":"2026-01-01T00:00:00Z","subject":"c","datacontenttype":"application/json","data":{"channel":"c","data":1,"offset":0}}
            {"specversion":"1.0","id":"","source":"s","type":"io.carillon.occupied.v1","time":"2026-01-01T00:00:00Z","subject":"c","datacontenttype":"application/json","data":{"channel":"c"}}
            """)
    void shouldRefuseBrokenEvents(String event) {
        assertThat(errors(EVENT, event)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldDescribeExactlyTheRequestsThatAreCarriedOut(String name) {
        // Given
        String method = method(name);
        String body = Golden.lines("api-request/" + name + ".jsonl").getFirst();
        ApiRequest request = ApiRequest.read(method, body);
        boolean refused = request instanceof ApiRequest.Unknown
                || request instanceof ApiRequest.Invalid
                || REFUSED_REQUESTS.contains(name);

        // When
        List<Error> errors = errors(REQUEST, under(method, body));

        // Then
        assertThat(errors.isEmpty()).as(errors.toString()).isEqualTo(!refused);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void shouldDescribeEveryReply(String name) {
        // Given
        String method = name.startsWith("error") ? "publish" : method(name);
        String body = Golden.lines("api-reply/" + name + ".json").getFirst();

        // Then
        assertThat(errors(REPLY, under(method, body))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {}
            []
            {"published":{"channel":"a"}}
            {"published":{"channel":"","publication":{"offset":1}}}
            {"published":{"channel":"a","publication":{"offset":-1}}}
            {"published":{"channel":"a","publication":{"offset":1,"tags":{"a":1}}}}
            {"published":{"channel":"a","publication":{"offset":1},"shards":1}}
            {"subscribe":{"channel":"a","info":{"user":"","client":""}}}
            {"subscribe":{"channel":"a","connection":"c","info":{"user":""}}}
            {"unsubscribe":{"channel":"a","connection":"c","code":3000}}
            {"joined":{"channel":"a"}}
            {"settle":{"channel":"a","shard":"1","closed":2}}
            {"left":{"channel":"a","info":{"user":"","client":""}},"settle":{"channel":"a","closed":1}}
            {"deleted":{"channel":"a"}}
            {"announce":{"channel":"a","epoch":"e","time":1}}
            {"event":{"channel":"a","id":"i","time":"2026-03-16T00:46:22Z","data":{"publication":{},"join":{}}}}
            {"event":{"channel":"a","id":"i","time":"2026-03-16T00:46:22Z","data":{"deleted":{}}}}
            """)
    void shouldRefuseBrokenMail(String mail) {
        assertThat(errors(MAILBOX, mail)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"publish":{"channel":"a"}}
            {"publish":{"channel":1,"data":1}}
            {"publish":{"channel":"a","data":1,"tags":{"n":1}}}
            {"broadcast":{"channels":[],"data":1}}
            {"broadcast":{"channels":"a","data":1}}
            {"subscribe":{"user":"alice"}}
            {"subscribe":{"channel":"a","override":{"presence":true}}}
            {"disconnect":{"user":"alice","disconnect":{"code":1000}}}
            {"disconnect":{"whitelist":"c"}}
            {"refresh":{"expire_at":"tomorrow"}}
            {"history":{"channel":"a","since":{"offset":-1}}}
            {"history":{"channel":"a","limit":1.5}}
            {"presence":{}}
            {"batch":{"commands":[{"publish":{"channel":"a"}}]}}
            {"batch":{"commands":[{"batch":{}}]}}
            """)
    void shouldRefuseBrokenRequests(String request) {
        assertThat(errors(REQUEST, request)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"publish":{}}
            {"publish":{"result":{},"error":{"code":100,"message":""}}}
            {"publish":{"error":{"code":100}}}
            {"publish":{"error":{"code":100,"message":"","temporary":true}}}
            {"presence":{"result":{}}}
            {"history":{"result":{"publications":[],"epoch":""}}}
            {"history":{"result":{"publications":[{"time":1}],"epoch":"","offset":0}}}
            {"batch":{"result":{"replies":[]}}}
            {"batch":{"replies":[{"result":{}}]}}
            """)
    void shouldRefuseBrokenReplies(String reply) {
        assertThat(errors(REPLY, reply)).isNotEmpty();
    }

    private static String method(String name) {
        return name.split("-", 2)[0];
    }

    private static String under(String method, String body) {
        return "{\"" + method + "\":" + body + "}";
    }

    private static List<Error> errors(Schema schema, String text) {
        return schema.validate(text, InputFormat.JSON);
    }

    private static Schema schema(String name) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        try (InputStream in = SchemaTest.class.getResourceAsStream("/schemas/" + name + ".schema.json")) {
            return registry.getSchema(in, InputFormat.JSON);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
