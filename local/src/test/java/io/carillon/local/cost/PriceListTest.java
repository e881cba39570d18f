package io.carillon.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTest {

    private static final String ONE = "{dollars: 2.5, per: 1000, source: a page, date: '2026-01-31'}";

    @TempDir
    private Path folder;

    private PriceList read(String reads) throws IOException {
        String yaml = Arrays.stream(Billed.values())
                .map(item -> "  " + item.key() + ": " + (item == Billed.DYNAMODB_READ_UNITS ? reads : ONE))
                .collect(Collectors.joining("\n", "region: mars-1\nprices:\n", "\n"));
        return PriceList.read(Files.writeString(folder.resolve("prices.yaml"), yaml));
    }

    @Test
    void shouldReadAnotherList() throws IOException {
        PriceList list = read("{dollars: 0.5, per: 1, source: a page, date: '2026-01-31'}");

        assertThat(list.region()).isEqualTo("mars-1");
        assertThat(list.of(Billed.DYNAMODB_READ_UNITS).of(4)).isEqualTo(2);
        assertThat(list.of(Billed.SQS_REQUESTS).of(2_000)).isEqualTo(5);
    }

    @Test
    void shouldComeWithAPriceForEverything() {
        assertThat(PriceList.standard().prices()).hasSize(Billed.values().length);
        assertThat(Deployment.standard().idlePollsPerMonth()).isEqualTo(648_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {dollars: -1, per: 1, source: a page, date: '2026-01-31'}    | dollars must be 0 or more
            {dollars: .nan, per: 1, source: a page, date: '2026-01-31'}  | dollars must be 0 or more
            {dollars: 1, per: 0, source: a page, date: '2026-01-31'}     | per must be 1 or more
            {dollars: 1, per: 1, source: '', date: '2026-01-31'}         | source must say
            {dollars: 1, per: 1, source: a page, date: yesterday}        | yesterday
            {dollars: 1, per: 1, source: a page}                         | date
            {dollars: 1, per: 1, source: a page, date: '2026-01-31', x: 1} | x
            """)
    void shouldRefuseAPriceThatIsNone(String price, String problem) {
        assertThatThrownBy(() -> read(price))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prices.yaml")
                .hasMessageContaining(problem);
    }

    @Test
    void shouldNameThePricesThatAreMissing() throws IOException {
        Path file = Files.writeString(folder.resolve("prices.yaml"), "region: mars-1\nprices: {}\n");

        assertThatThrownBy(() -> PriceList.read(file)).hasMessageContaining("websocket_messages, ");
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        assertThatThrownBy(() -> PriceList.read(folder.resolve("none.yaml"))).hasMessageContaining("none.yaml");
    }
}
