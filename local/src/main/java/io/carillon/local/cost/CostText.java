package io.carillon.local.cost;

import io.carillon.local.cost.CostScenario.Against;
import java.math.BigDecimal;
import java.util.Locale;

/** Writes results for people. */
public final class CostText {

    private CostText() {}

    /** Writes the bill of one scenario per million deliveries, and what it is compared with. */
    public static String of(CostResult result) {
        CostScenario scenario = result.scenario();
        StringBuilder text = new StringBuilder();
        line(text, "%s: %s", scenario.key(), scenario.title());
        bill(
                text,
                String.format(Locale.ROOT, "  per million deliveries (measured: %,d)", result.deliveries()),
                result.bill());
        line(
                text,
                "  %-88s $ %9.4f  ratio %.3f%s",
                "API Gateway's own charges",
                result.bill().apiGateway(),
                result.bill().total() / result.bill().apiGateway(),
                verdict(result, Against.API_GATEWAY));
        line(
                text,
                "  %-88s $ %9.4f  ratio %.3f%s",
                "AppSync Events, the same deliveries",
                result.appSync().total(),
                result.bill().total() / result.appSync().total(),
                verdict(result, Against.APPSYNC));
        return text.toString();
    }

    /** Writes a bill line by line below its title, and its total. */
    static void bill(StringBuilder text, String title, Bill bill) {
        line(text, "%s", title);
        bill.lines()
                .forEach(line -> line(
                        text,
                        "  %-36s %,16.1f %-10s x %-22s $ %9.4f",
                        line.item().title(),
                        line.units(),
                        line.item().unit(),
                        price(line.price()),
                        line.dollars()));
        line(text, "  %-88s $ %9.4f", "total", bill.total());
    }

    /** Writes what a deployment costs in a month beside deliveries. */
    public static String idle(Deployment deployment, PriceList prices) {
        long polls = deployment.idlePollsPerMonth();
        return String.format(
                Locale.ROOT,
                "Beside deliveries, per month and queue: %,d polls of the idle mailbox queue, $ %.3f.%n"
                        + "Prices: %s, on demand, without free tiers. Log lines of the Lambda platform are off (JSON format,"
                        + " system level WARN).%n",
                polls,
                prices.of(Billed.SQS_FIFO_REQUESTS).of(polls),
                prices.region());
    }

    private static String price(Price price) {
        return price.per() == 1_000_000
                ? String.format(Locale.ROOT, "$ %.3f per million", price.dollars())
                : String.format(Locale.ROOT, "$ %s", new BigDecimal(Double.toString(price.dollars())).toPlainString());
    }

    private static String verdict(CostResult result, Against against) {
        if (result.scenario().against() != against) {
            return "";
        }
        return String.format(Locale.ROOT, ", bar %s: %s", result.scenario().bar(), result.passed() ? "met" : "MISSED");
    }

    static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
