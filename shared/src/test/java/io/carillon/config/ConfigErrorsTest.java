package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigErrorsTest {

    /** Each row: what stands in the file beside a usable key, the path that the error names, and a part of its text. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"channel":{"namespaces":[{"name":"ab"},{"name":"cd","history_sise":1}]}} | channel.namespaces[1].history_sise | did you mean history_size?
        {"chanel":{}}                                   | chanel                         | did you mean channel?
        {"client":{"insecur":true}}                     | client.insecur                 | did you mean insecure?
        {"token_hmac_secret_key":"x"}                   | token_hmac_secret_key          | did you mean client.token.hmac_secret_key?
        {"api_key":"x"}                                 | api_key                        | did you mean http_api.key?
        {"allowed_origins":["*"]}                       | allowed_origins                | did you mean client.allowed_origins?
        {"http_api":{"xyz":1}}                          | http_api.xyz                   | the keys here are key, keys, insecure
        {"http_api":{"keys":["a",""]}}                  | http_api.keys                  | holds an empty key: remove it
        {"client":{"token":{"cognito_user_pool_id":"my-pool"}}} | client.token.cognito_user_pool_id | such as eu-west-1_AbCdEf123
        {"client":{"ping_interval":"25s"}}              | client.ping_interval           | Centrifugo has this key, Carillon does not: set carillon.ping_interval
        {"engine":{"type":"redis"}}                     | engine                         | Carillon does not: remove it; DynamoDB
        {"client":{"subscription_token":{"insecure_skip_jwks_endpoint_safety_check":true}}} | client.subscription_token.insecure_skip_jwks_endpoint_safety_check | remove it
        {"channel":{"without_namespace":{"delta_publish":true}}}                  | channel.without_namespace.delta_publish        | publications are sent whole
        {"channel":{"namespaces":[{"name":"ab","subscribe_stream_proxy_enabled":true}]}} | channel.namespaces[0].subscribe_stream_proxy_enabled  | let the backend publish to the channel
        {"channel":{"namespaces":[{"name":"ab","carillon":{"events":["published"]}}]}} | channel.namespaces[0].carillon.events | can hold publication, join, leave, occupied, vacated, and holds "published"
        {"channel":{"namespaces":[{"name":"ab","carillon":{"events":["join"]}}]}} | channel.namespaces[0].carillon.events | need join_leave
        {"carillon":{"events":["publication"]}} | carillon.events | can hold connected, disconnected
        {"rpc":{"proxy":{"http_headers":["Cookie"]}}} | rpc.proxy.http_headers | name them in emulated_headers
        {"client":{"insecure":"yes"}}                   | client.insecure                | must be true or false, is "yes"
        {"client":{"insecure":null}}                    | client.insecure                | must be true or false, is null
        {"client":{"channel_limit":"5"}}                | client.channel_limit           | must be a whole number, 1 or more, is "5"
        {"client":{"channel_limit":0}}                  | client.channel_limit           | must be a whole number, 1 or more, is 0
        {"client":{"channel_limit":1.5}}                | client.channel_limit           | must be a whole number, 1 or more, is 1.5
        {"client":{"channel_limit":99999999999999999999}} | client.channel_limit         | must be a whole number
        {"client":{"expired_close_delay":25}}           | client.expired_close_delay     | is 25; write "25s" for seconds
        {"client":{"expired_close_delay":"25"}}         | client.expired_close_delay     | must be a duration such as "300s" or "1h30m", is "25"
        {"client":{"expired_close_delay":"-1s"}}        | client.expired_close_delay     | must be a duration
        {"client":{"allowed_origins":"*"}}              | client.allowed_origins         | must be a list of strings, is "*"
        {"client":{"allowed_origins":[1]}}              | client.allowed_origins         | must be a list of strings
        {"client":[]}                                   | client                         | must be an object with the keys token, subscription_token
        {"channel":{"namespaces":{}}}                   | channel.namespaces             | must be a list of objects
        {"channel":{"namespaces":["chat"]}}             | channel.namespaces[0]          | must be an object with the keys name, presence
        {"channel":{"max_length":256}}                  | channel.max_length             | from 1 to 255
        {"channel":{"publication_data_format":"binary"}} | channel.publication_data_format | must be one of "", "json", "json_object", is "binary"
        {"channel":{"without_namespace":{"force_recovery_mode":"CACHE"}}} | channel.without_namespace.force_recovery_mode | must be one of "stream", "cache", is "CACHE"
        {"channel":{"without_namespace":{"history_size":1,"history_ttl":"1500ms"}}} | channel.without_namespace.history_ttl | must be a whole number of seconds
        {"carillon":{"ping_interval":"600s"}}           | carillon.ping_interval         | must be from 1s to 540s
        {"carillon":{"epoch_mark":"EU 1"}}              | carillon.epoch_mark            | up to 16 small letters and digits, such as eu1
        {"carillon":{"shard_size":0}}                   | carillon.shard_size            | from 1 to 10000
        """)
    void shouldNameTheKeyAndTheRemedyWhenAKeyCannotBeUsed(String json, String key, String problem) {
        // When
        List<ConfigProblem> problems = problems(json);

        // Then
        assertThat(problems)
                .filteredOn(found -> found.key().equals(key))
                .singleElement()
                .satisfies(found -> assertThat(found.problem()).contains(problem));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"channel":{"without_namespace":{"history_size":10}}}    | channel.without_namespace.history_size | needs history_ttl too
        {"channel":{"without_namespace":{"history_ttl":"10s"}}}  | channel.without_namespace.history_ttl  | needs history_size too
        {"channel":{"without_namespace":{"force_recovery":true}}} | channel.without_namespace.force_recovery | set history_size and history_ttl
        {"channel":{"namespaces":[{"name":"ab","allow_positioning":true}]}} | channel.namespaces[0].allow_positioning | needs a history
        {"channel":{"history_meta_ttl":"1h","without_namespace":{"history_size":1,"history_ttl":"2h"}}} | channel.without_namespace.history_ttl | cannot be longer than history_meta_ttl
        {"channel":{"namespaces":[{"name":"a"}]}}                | channel.namespaces[0].name | two or more of
        {"channel":{"namespaces":[{}]}}                          | channel.namespaces[0].name | two or more of
        {"channel":{"namespaces":[{"name":"a:b"}]}}              | channel.namespaces[0].name | and is "a:b"
        {"channel":{"namespaces":[{"name":"ab"},{"name":"ab"}]}} | channel.namespaces[1].name | another namespace is named "ab"
        {"channel":{"namespaces":[{"name":"ab","channel_regex":"("}]}} | channel.namespaces[0].channel_regex | is not a regular expression
        {"client":{"allowed_origins":["https://{a,b}.test"]}}    | client.allowed_origins | no other wildcards
        {"client":{"subscription_token":{"enabled":true}}}       | client.subscription_token.enabled | needs a key
        {"client":{"token":{"rsa_public_key":"abc"}}}            | client.token.rsa_public_key | must be in PEM form
        {"client":{"token":{"ecdsa_public_key":"-----BEGIN PUBLIC KEY-----!-----END PUBLIC KEY-----"}}} | client.token.ecdsa_public_key | is damaged
        {"client":{"token":{"jwks_public_endpoint":"ftp://x"}}}  | client.token.jwks_public_endpoint | must be a URL
        {"client":{"token":{"jwks_public_endpoint":"https://x/{{tenant}}"}}} | client.token.jwks_public_endpoint | one fixed URL
        {"client":{"token":{"jwks_public_endpoint":"https://x/","hmac_secret_key":"a"}}} | client.token.jwks_public_endpoint | keep one of them
        {"client":{"token":{"hmac_previous_secret_key":"a"}}}    | client.token.hmac_previous_secret_key | needs hmac_secret_key
        {"client":{"token":{"hmac_secret_key":"a","hmac_previous_secret_key_valid_until":1}}} | client.token.hmac_previous_secret_key_valid_until | needs hmac_previous_secret_key
        {"client":{"token":{"hmac_secret_key":"a","issuer":"a","issuer_regex":"b"}}} | client.token.issuer_regex | keep one of them
        {"client":{"token":{"hmac_secret_key":"a","audience_regex":"["}}} | client.token.audience_regex | is not a regular expression
        {"client":{"token":{"hmac_secret_key":"a","user_id_claim":"a.b"}}} | client.token.user_id_claim | letters and underscores
        {"client":{"subscribe_to_user_personal_channel":{"enabled":true,"personal_channel_namespace":"me"}}} | client.subscribe_to_user_personal_channel.personal_channel_namespace | there is no namespace "me"
        {"client":{"subscribe_to_user_personal_channel":{"enabled":true,"single_connection":true}}} | client.subscribe_to_user_personal_channel.single_connection | needs presence
        {}                                                       | client.token | nobody could connect
        """)
    void shouldNameTheKeyAndTheRemedyWhenOptionsDoNotGoTogether(String json, String key, String problem) {
        // When
        List<ConfigProblem> problems = problems(json);

        // Then
        assertThat(problems)
                .anySatisfy(found ->
                        assertThat(found.toString()).startsWith(key + ": ").contains(problem));
    }

    @Test
    void shouldReportEveryProblemWhenThereAreSeveral() {
        // Given
        String json = """
                {"client": {"insecure": 1, "chanel_limit": 5},
                 "channel": {"namespaces": [{"name": "ab", "force_recovery": true}]}}
                """;

        // When
        InvalidConfig thrown = catchThrowableOfType(InvalidConfig.class, () -> Config.read(json));

        // Then
        assertThat(thrown.problems())
                .extracting(ConfigProblem::key)
                .contains("client.insecure", "client.chanel_limit", "channel.namespaces[0].force_recovery");
        assertThat(thrown.getMessage().lines()).hasSameSizeAs(thrown.problems());
    }

    @Test
    void shouldNotQuoteTheValueWhenASecretHasTheWrongType() {
        // When
        List<ConfigProblem> problems = problems("{\"client\":{\"token\":{\"hmac_secret_key\":81723}}}");

        // Then
        assertThat(problems.toString()).contains("client.token.hmac_secret_key").doesNotContain("81723");
    }

    @Test
    void shouldNotQuoteKeysWhenTheirListHasTheWrongType() {
        assertThat(problems("{\"http_api\":{\"keys\":[\"hush\",81723]}}").toString())
                .contains("http_api.keys")
                .doesNotContain("hush", "81723");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"client":              | line 1
            {} {}                   | not JSON
            {"client":{},"client":{}} | Duplicate
            ``                      | must be an object
            [1]                     | must be an object
            """)
    void shouldSayWhereWhenTheTextIsNotAnObject(String json, String problem) {
        assertThat(problems(json).toString()).contains(problem);
    }

    private static List<ConfigProblem> problems(String json) {
        return catchThrowableOfType(InvalidConfig.class, () -> Config.read(json))
                .problems();
    }
}
