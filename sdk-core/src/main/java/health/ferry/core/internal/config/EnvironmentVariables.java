package health.ferry.core.internal.config;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Secret;
import health.ferry.core.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The variables that make a client, and what is wrong with them under their own names. */
public final class EnvironmentVariables {

  private final Function<String, @Nullable String> variables;
  private final Map<String, String> names;
  private final List<Violation> violations = new ArrayList<>();

  /**
   * Begins to read.
   *
   * @param names what the builder calls a setting, and the variable that it comes from
   */
  public EnvironmentVariables(
      Function<String, @Nullable String> variables, Map<String, String> names) {
    this.variables = variables;
    this.names = Map.copyOf(names);
  }

  /** A blank value counts as none. */
  public Optional<String> value(String variable) {
    return Optional.ofNullable(variables.apply(variable)).filter(text -> !text.isBlank());
  }

  /** Notes under the variable's name what a setting made from it refuses. */
  public void take(String variable, Runnable setting) {
    try {
      setting.run();
    } catch (ConfigurationException refused) {
      note(variable, refused);
    }
  }

  /** A secret that must be set; empty, and noted, when it is not, or is none. */
  public Optional<Secret> requiredSecret(String variable) {
    try {
      return Optional.of(Secret.of(value(variable).orElse("")));
    } catch (ConfigurationException refused) {
      note(variable, refused);
      return Optional.empty();
    }
  }

  private void note(String variable, ConfigurationException refused) {
    refused.violations().forEach(found -> violation(variable, found.rule()));
  }

  /** Notes that something is wrong with a variable. */
  public void violation(String variable, String rule) {
    violations.add(new Violation(variable, rule));
  }

  /**
   * Ends the reading.
   *
   * @param ofTheBuilder what the builder finds wrong
   * @throws ConfigurationException naming every variable that is missing or wrong
   */
  public void requireGood(String partner, List<Violation> ofTheBuilder) {
    for (Violation found : ofTheBuilder) {
      violation(names.getOrDefault(found.path(), found.path()), found.rule());
    }
    if (!violations.isEmpty()) {
      throw new ConfigurationException(CallInfo.of(partner, "configuration"), violations);
    }
  }
}
