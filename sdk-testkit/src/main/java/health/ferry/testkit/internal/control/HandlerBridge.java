package health.ferry.testkit.internal.control;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import health.ferry.testkit.ControlAnswer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lets a {@link ControlHandler} decide what WireMock answers. */
final class HandlerBridge implements ResponseDefinitionTransformerV2 {

  private final ControlHandler handler;
  private final RequestLog log;

  HandlerBridge(ControlHandler handler, RequestLog log) {
    this.handler = handler;
    this.log = log;
  }

  @Override
  public String getName() {
    return "control-handler";
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    Request request = event.getRequest();
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpHeader header : request.getHeaders().all()) {
      headers.put(header.key(), header.values());
    }
    String target = request.getUrl();
    log.record(request.getMethod().getName(), target, headers, request.getBody());
    int mark = target.indexOf('?');
    return wireMockAnswer(
        handler.answer(
            new ControlRequest(
                "http://" + request.getHeader("Host"),
                request.getMethod().getName(),
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                headers,
                ByteBuffer.wrap(request.getBody()).asReadOnlyBuffer())));
  }

  private static ResponseDefinition wireMockAnswer(ControlAnswer answer) {
    ResponseDefinitionBuilder builder = new ResponseDefinitionBuilder().withStatus(answer.status());
    answer
        .headers()
        .forEach((name, value) -> builder.withHeader(name, value.toArray(String[]::new)));
    byte[] body = answer.body();
    if (body.length > 0) {
      builder.withBody(body);
    }
    if (!answer.delay().isZero()) {
      builder.withFixedDelay(Math.toIntExact(answer.delay().toMillis()));
    }
    switch (answer.breakage()) {
      case RESET -> builder.withFault(Fault.CONNECTION_RESET_BY_PEER);
      case MALFORMED_CHUNK -> builder.withFault(Fault.MALFORMED_RESPONSE_CHUNK);
      case NONE -> {}
    }
    return builder.build();
  }
}
