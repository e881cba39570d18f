package io.carillon.local.cli;

import io.carillon.local.load.Scenario;
import io.carillon.local.load.Setting;
import java.util.List;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Gives a command one option for each setting of a scenario, and reads those that were given. */
final class ScenarioOptions implements IModelTransformer {

    /** Lists are an option that may be repeated. */
    private static final Setting LIST = Setting.FAULTS;

    private static final String LIST_OPTION = "--fault";

    @Override
    public CommandSpec transform(CommandSpec command) {
        for (Setting setting : Setting.values()) {
            OptionSpec.Builder option = OptionSpec.builder(setting == LIST ? LIST_OPTION : setting.option())
                    .paramLabel(setting == LIST ? "FAULT" : "VALUE")
                    .description(setting == LIST ? setting.meaning() : describe(setting));
            command.addOption(
                    setting == LIST
                            ? option.type(List.class)
                                    .auxiliaryTypes(String.class)
                                    .build()
                            : option.type(String.class).build());
        }
        return command;
    }

    private static String describe(Setting setting) {
        return setting.meaning() + " Default: " + setting.otherwise() + ".";
    }

    /** Sets what the command line says, over what a scenario said before. */
    static Scenario over(Scenario scenario, ParseResult line) {
        Scenario sum = scenario;
        for (Setting setting : Setting.values()) {
            String option = setting == LIST ? LIST_OPTION : setting.option();
            if (line.hasMatchedOption(option)) {
                sum = sum.with(setting, line.<Object>matchedOptionValue(option, ""));
            }
        }
        return sum;
    }
}
