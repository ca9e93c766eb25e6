package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.Violation;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.Exchange;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.json.Json;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.core.internal.retry.RetryClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import okhttp3.HttpUrl;
import okhttp3.MultipartBody;

/**
 * Puts a file into Pierflow's storage: Pierflow signs an upload, and the storage, another company's
 * host, takes the file by the signature alone (fact sheet, 3.7).
 */
final class ScanUpload {

  private final PierflowServer server;
  private final Transport transport;

  ScanUpload(PierflowServer server) {
    this.server = server;
    this.transport = server.transport();
  }

  UploadedScan send(ScanBatch batch, Path file, CallContext call) {
    long size = size(file, call.info());
    Fields signed = sign(batch, call.step("sign upload"));
    OptionalLong limit = signed.longNumber("maxBytes");
    if (limit.isPresent() && size > limit.getAsLong()) {
      throw refused("must have at most " + limit.getAsLong() + " bytes", call.info());
    }
    HttpUrl url = uploadUrl(signed, call.info());
    return transport.send(
        Exchange.of("POST", url, "(upload URL)", answer -> read(answer, size))
            .header("Accept", "application/json")
            .credential(CredentialScope.NONE)
            .body(form(signed, new FilePart(file, size), call.info()))
            .accept(200, 201)
            .retry(RetryClass.UNSAFE)
            .stream()
            .build(),
        call);
  }

  private static long size(Path file, CallInfo call) {
    try {
      long size = Files.isRegularFile(file) && Files.isReadable(file) ? Files.size(file) : 0;
      if (size == 0) {
        throw refused("must be a file that can be read and is not empty", call);
      }
      return size;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("A file to upload could not be read", unreadable);
    }
  }

  private static InvalidInputException refused(String rule, CallInfo call) {
    return new InvalidInputException(call, List.of(new Violation("file", rule)));
  }

  /** It promises an upload and stores nothing, so it may be asked for again. */
  private Fields sign(ScanBatch batch, CallContext call) {
    byte[] body =
        JsonTree.write(
            JsonTree.object()
                .put("organizationId", batch.organizationId())
                .put("batchId", batch.id()));
    return new Fields(
        server.post(
            "/v1/uploads/sign",
            server.url("uploads", "sign"),
            body,
            transport.ids().get(),
            RetryClass.REPEATABLE,
            call));
  }

  private HttpUrl uploadUrl(Fields signed, CallInfo call) {
    HttpUrl url = HttpUrl.parse(signed.required("uploadUrl", "a signed upload", call));
    if (url == null) {
      throw new UnexpectedResponseException(call, "the upload URL that came is no URL", null);
    }
    transport.urls().requireHandedOut(url, Origin.of(server.root()), "upload URL", call);
    return url;
  }

  /** The file's own name stays here: it may be a patient's, and the storage needs none. */
  private static MultipartBody form(Fields signed, FilePart file, CallInfo call) {
    MultipartBody.Builder form =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart("api_key", signed.required("apiKey", "a signed upload", call))
            .addFormDataPart("timestamp", signed.required("timestamp", "a signed upload", call));
    signed.text("folder").ifPresent(folder -> form.addFormDataPart("folder", folder));
    return form.addFormDataPart("type", "upload")
        .addFormDataPart("signature", signed.required("signature", "a signed upload", call))
        .addFormDataPart("file", "scan", file)
        .build();
  }

  private UploadedScan read(Answer answer, long size) throws IOException {
    CallInfo call = answer.call().info();
    Fields stored = new Fields(Json.object(answer.raw(transport.options().maxJsonBytes()), call));
    OptionalLong counted = stored.longNumber("bytes");
    if (counted.isPresent() && counted.getAsLong() != size) {
      throw new IntegrityException(
          call, "the storage counted " + counted.getAsLong() + " of " + size + " bytes", null);
    }
    return new UploadedScan(stored, call);
  }
}
