package health.ferry.pierflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.CallOptions;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Operation;
import health.ferry.core.internal.async.ClientThreads;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.core.internal.retry.RetryClass;
import health.ferry.core.internal.time.Cancellation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Scanned documents that Pierflow is to read: {@link PierflowClient#ingest()}.
 *
 * <pre>{@code
 * DocumentIngest ingest = pierflow.ingest();
 * ScanBatch batch = ingest.createBatch(organizationId);
 * AcceptedDocument card = ingest.ingest(batch, scan, options -> options.idempotencyKey("card-17"));
 * IngestJob read = ingest.job(card.jobId()).await(Duration.ofMinutes(30));
 * }</pre>
 *
 * <p>Every call throws {@link health.ferry.core.AuthenticationException} when the server refuses
 * the key, {@link health.ferry.core.PermissionDeniedException} for an organization that is not
 * linked to the key, {@link health.ferry.core.ValidationException} for what the server refuses,
 * {@link health.ferry.core.RateLimitedException} and {@link health.ferry.core.ServerException} when
 * the last attempt was answered so, {@link health.ferry.core.TransportException} when no answer
 * came, and {@link health.ferry.core.UnexpectedResponseException} when the answer is none of
 * Pierflow's.
 *
 * <p>Thread-safe; lives as long as its client. Source: fact sheet, 3.7, the form in four steps;
 * answers of the documentation's older form are understood too.
 */
public final class DocumentIngest {

  private static final Duration LONGEST_CALL = Duration.ofMinutes(2);
  private static final Duration LONGEST_UPLOAD = Duration.ofMinutes(15);

  private final PierflowServer server;
  private final ClientThreads threads;

  DocumentIngest(PierflowServer server, ClientThreads threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Makes a batch, of which nothing more is known.
   *
   * @param organizationId the organization that the documents belong to
   * @return the batch
   * @see #createBatch(String, UnaryOperator, CallOptions)
   */
  public ScanBatch createBatch(String organizationId) {
    return createBatch(organizationId, options -> options);
  }

  /**
   * Makes a batch.
   *
   * @param organizationId the organization that the documents belong to
   * @param options what is known of the batch
   * @return the batch
   * @see #createBatch(String, UnaryOperator, CallOptions)
   */
  public ScanBatch createBatch(String organizationId, UnaryOperator<ScanBatchOptions> options) {
    return createBatch(organizationId, options, CallOptions.defaults());
  }

  /**
   * Makes a batch. Each call makes another one, so a lost answer is not asked for again; the empty
   * batch that it may leave behind is no harm.
   *
   * @param organizationId the organization that the documents belong to
   * @param options what is known of the batch
   * @param call the deadline, two minutes by default
   * @return the batch
   */
  public ScanBatch createBatch(
      String organizationId, UnaryOperator<ScanBatchOptions> options, CallOptions call) {
    CallContext context = call("createBatch", call, LONGEST_CALL);
    ObjectNode body = options.apply(ScanBatchOptions.none()).json(organizationId);
    Fields made =
        post("/v1/scan-batches", body, newKey(), RetryClass.CREATE, context, "scan-batches");
    return ScanBatch.of(organizationId, made.required("batch_id", "a batch", context.info()));
  }

  /**
   * Puts a file into Pierflow's storage; {@link #submit} is the step after.
   *
   * @param batch where it will be submitted
   * @param file a PDF, TIFF, JPEG, PNG or WEBP
   * @return the file, as the storage knows it
   * @see #upload(ScanBatch, Path, CallOptions)
   */
  public UploadedScan upload(ScanBatch batch, Path file) {
    return upload(batch, file, CallOptions.defaults());
  }

  /**
   * Puts a file into Pierflow's storage, from disk and never whole in memory. The storage is
   * another host: it gets neither the key nor the file's name. A connection that is lost once bytes
   * have left is not tried again: {@code mayHaveBeenProcessed()} tells, and to upload once more is
   * the remedy.
   *
   * @param batch where it will be submitted
   * @param file a PDF, TIFF, JPEG, PNG or WEBP; at most as large as the server says, 25 MiB as of
   *     June 2026
   * @param call the deadline, 15 minutes by default
   * @return the file, as the storage knows it
   * @throws InvalidInputException when there is no such file, or it is empty or too large; no byte
   *     of it was sent
   * @throws health.ferry.core.NotFoundException when there is no such batch
   * @throws health.ferry.core.IntegrityException when the storage counted other bytes than were
   *     sent
   * @throws java.io.UncheckedIOException when the file cannot be read
   */
  public UploadedScan upload(ScanBatch batch, Path file, CallOptions call) {
    return new ScanUpload(server).send(batch, file, call("upload", call, LONGEST_UPLOAD));
  }

  /**
   * Has Pierflow read an uploaded file.
   *
   * @param batch the batch that it was uploaded for
   * @param scan the file
   * @param options what is known of the document
   * @return the job that reads it
   * @see #submit(ScanBatch, UploadedScan, UnaryOperator, CallOptions)
   */
  public AcceptedDocument submit(
      ScanBatch batch, UploadedScan scan, UnaryOperator<DocumentOptions> options) {
    return submit(batch, scan, options, CallOptions.defaults());
  }

  /**
   * Has Pierflow read an uploaded file. All attempts of the call carry one idempotency key, so that
   * a lost answer makes no second job.
   *
   * @param batch the batch that it was uploaded for
   * @param scan the file
   * @param options what is known of the document
   * @param call the deadline, two minutes by default
   * @return the job that reads it
   * @throws health.ferry.core.NotFoundException when there is no such batch or chart folder
   */
  public AcceptedDocument submit(
      ScanBatch batch,
      UploadedScan scan,
      UnaryOperator<DocumentOptions> options,
      CallOptions call) {
    return submit(
        batch, scan, options.apply(DocumentOptions.none()), call("submit", call, LONGEST_CALL));
  }

  private AcceptedDocument submit(
      ScanBatch batch, UploadedScan scan, DocumentOptions options, CallContext call) {
    String key = options.idempotencyKey().orElseGet(this::newKey);
    ObjectNode body =
        JsonTree.object().put("organizationId", batch.organizationId()).put("batchId", batch.id());
    body.set("source", scan.source());
    options.addTo(body);
    body.put("idempotencyKey", key);
    Fields answer =
        post("/v1/ingest/documents", body, key, RetryClass.REPEATABLE, call, "ingest", "documents");
    return new AcceptedDocument(answer, call.info());
  }

  /**
   * Uploads a file and has Pierflow read it, in a batch of its own.
   *
   * @param organizationId the organization that the document belongs to
   * @param file a PDF, TIFF, JPEG, PNG or WEBP
   * @param options what is known of the document
   * @return the job that reads it
   * @see #ingest(ScanBatch, Path, UnaryOperator, CallOptions)
   */
  public AcceptedDocument ingest(
      String organizationId, Path file, UnaryOperator<DocumentOptions> options) {
    return ingest(createBatch(organizationId), file, options);
  }

  /**
   * Uploads a file and has Pierflow read it.
   *
   * @param batch the batch that it goes into
   * @param file a PDF, TIFF, JPEG, PNG or WEBP
   * @param options what is known of the document
   * @return the job that reads it
   * @see #ingest(ScanBatch, Path, UnaryOperator, CallOptions)
   */
  public AcceptedDocument ingest(
      ScanBatch batch, Path file, UnaryOperator<DocumentOptions> options) {
    return ingest(batch, file, options, CallOptions.defaults());
  }

  /**
   * Uploads a file and has Pierflow read it: {@link #upload} and {@link #submit}, with their
   * errors. Give the document an {@link DocumentOptions#idempotencyKey idempotency key} to be able
   * to do it all again.
   *
   * @param batch the batch that it goes into
   * @param file a PDF, TIFF, JPEG, PNG or WEBP
   * @param options what is known of the document
   * @param call the deadline for both, 15 minutes by default
   * @return the job that reads it
   */
  public AcceptedDocument ingest(
      ScanBatch batch, Path file, UnaryOperator<DocumentOptions> options, CallOptions call) {
    DocumentOptions chosen = options.apply(DocumentOptions.none());
    CallContext whole = call("ingest", call, LONGEST_UPLOAD);
    UploadedScan scan = new ScanUpload(server).send(batch, file, whole.step("upload"));
    return submit(batch, scan, chosen, whole.step("submit"));
  }

  /**
   * The job that reads a document, in this or another process.
   *
   * <p>{@code await} returns once Pierflow's machines have done their part: also when the job is
   * then {@link IngestJobStatus#AWAITING_REVIEW}, which a person at Pierflow resolves within hours
   * (4 for urgent ones, up to 24 for others), too long to wait for. Ask again later, or wait for
   * the webhook; what the person approves comes with the next package. A job that failed, also by
   * the person's refusal, is an {@link health.ferry.core.OperationFailedException}, whose {@code
   * outcome()} has the server's words. A status that is new is waited for until the server says
   * when the job ended.
   *
   * <p>Pierflow cannot be told to stop: {@code cancel()} throws {@link
   * UnsupportedOperationException}. The resume token is the job's id.
   *
   * @param jobId what {@link AcceptedDocument#jobId()} told
   * @return the job; an id that the server does not know is found out at the first look
   * @throws InvalidInputException when the id is blank
   */
  public Operation<IngestJob> job(String jobId) {
    return new IngestOperation(server, threads, jobId);
  }

  private CallContext call(String operation, CallOptions options, Duration longest) {
    return server.transport().call(operation, options, longest, new Cancellation());
  }

  private String newKey() {
    return server.transport().ids().get();
  }

  private Fields post(
      String route,
      ObjectNode body,
      String key,
      RetryClass retries,
      CallContext call,
      String... path) {
    return new Fields(
        server.post(route, server.url(path), JsonTree.write(body), key, retries, call));
  }
}
