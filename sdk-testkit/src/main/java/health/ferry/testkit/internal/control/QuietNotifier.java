package health.ferry.testkit.internal.control;

import com.github.tomakehurst.wiremock.common.Notifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** WireMock's own words: errors only, and without the request that it prints with them. */
final class QuietNotifier implements Notifier {

  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

  @Override
  public void info(String message) {}

  @Override
  public void error(String message) {
    LOG.debug("WireMock reports an error of {} characters", message.length());
  }

  @Override
  public void error(String message, Throwable cause) {
    LOG.warn("WireMock failed with {}", cause.getClass().getName());
  }
}
