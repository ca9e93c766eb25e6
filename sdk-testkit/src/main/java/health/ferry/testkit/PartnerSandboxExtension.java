package health.ferry.testkit;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * JUnit 5 extension: runs a {@link PartnerSandbox} and hands it, or one of its partners, to
 * parameters of that type. With {@code @ExtendWith} on the class, or in a static
 * {@code @RegisterExtension} field, one sandbox lives as long as the test class (nested classes
 * share it); in an instance field, each test has its own.
 */
public final class PartnerSandboxExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver {

  private static final String KEY = "sandbox";

  private static final Map<Class<?>, Function<PartnerSandbox, Object>> HANDED_OUT =
      Map.of(
          PartnerSandbox.class,
          sandbox -> sandbox,
          BulkFhirPartner.class,
          PartnerSandbox::bulkFhir,
          HamiPartner.class,
          PartnerSandbox::hami,
          PierflowPartner.class,
          PartnerSandbox::pierflow);

  private final PartnerSandbox.Builder builder;
  private final ExtensionContext.Namespace namespace =
      ExtensionContext.Namespace.create(PartnerSandboxExtension.class, this);

  /** A sandbox with the defaults. */
  public PartnerSandboxExtension() {
    this(PartnerSandbox.builder());
  }

  /**
   * A sandbox of one's own making.
   *
   * @param builder starts each sandbox
   */
  public PartnerSandboxExtension(PartnerSandbox.Builder builder) {
    this.builder = builder;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    startUnlessRunning(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    startUnlessRunning(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    stop(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop(context);
  }

  /** A store sees what its ancestors hold, so a test finds the sandbox of its class. */
  private void startUnlessRunning(ExtensionContext context) {
    if (running(context) == null) {
      context.getStore(namespace).put(KEY, builder.start());
    }
  }

  private void stop(ExtensionContext context) {
    PartnerSandbox own = context.getStore(namespace).remove(KEY, PartnerSandbox.class);
    if (own != null) {
      own.close();
    }
  }

  private @Nullable PartnerSandbox running(ExtensionContext context) {
    return context.getStore(namespace).get(KEY, PartnerSandbox.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return HANDED_OUT.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    PartnerSandbox sandbox = running(context);
    if (sandbox == null) {
      throw new IllegalStateException("the sandbox runs from beforeAll or beforeEach on");
    }
    return Objects.requireNonNull(HANDED_OUT.get(parameter.getParameter().getType()))
        .apply(sandbox);
  }
}
