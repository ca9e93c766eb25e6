package health.ferry.examples.faults;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A Bulk FHIR server on raw sockets, with discovery, token, kick-off, status, manifest, files and
 * DELETE. It has one export, and fails where it is told to.
 *
 * <p>Its second origin serves the same files, and the second page, to nobody's token but where the
 * manifest has asked for one.
 */
public final class RawBulkServer implements AutoCloseable {

  private final World world;
  private final HonestExport export;
  private final Map<Stage, List<Planned>> faults = new EnumMap<>(Stage.class);
  private final Set<Stage> struck = EnumSet.noneOf(Stage.class);
  private final RawServer home;
  private final RawServer elsewhere;
  private volatile Runnable beforeEachAnswer = () -> {};

  /** A fault, and how often it is still to strike. */
  private static final class Planned {
    private final Fault fault;
    private int left;

    Planned(Fault fault, int times) {
      this.fault = fault;
      this.left = times;
    }
  }

  private RawBulkServer(World world) {
    this.world = world;
    this.export = new HonestExport(world);
    this.home = RawServer.start(this::atHome);
    this.elsewhere = RawServer.start(this::elsewhere);
  }

  static RawBulkServer start(World world) {
    return new RawBulkServer(world);
  }

  /** The fault strikes the next requests of a stage, after those planned before. */
  synchronized void plan(Stage stage, int times, Fault fault) {
    faults.computeIfAbsent(stage, none -> new ArrayList<>()).add(new Planned(fault, times));
  }

  /** From now on nothing goes wrong. */
  synchronized void heal() {
    faults.clear();
  }

  /** Whether a fault has struck a request of a stage. */
  synchronized boolean hasStruck(Stage stage) {
    return struck.contains(stage);
  }

  void beforeEachAnswer(Runnable look) {
    beforeEachAnswer = look;
  }

  /** The FHIR base. */
  public String base() {
    return home.origin() + "/fhir";
  }

  String origin() {
    return home.origin();
  }

  String otherOrigin() {
    return elsewhere.origin();
  }

  World world() {
    return world;
  }

  HonestExport export() {
    return export;
  }

  List<Request> requests() {
    return home.log();
  }

  List<Request> requestsElsewhere() {
    return elsewhere.log();
  }

  private Answer atHome(Request request) {
    beforeEachAnswer.run();
    String path = request.path();
    if (path.equals("/fhir/.well-known/smart-configuration")) {
      return at(Stage.DISCOVERY, request, () -> export.discovery(origin()));
    }
    if (path.equals("/token")) {
      return at(Stage.TOKEN, request, export::token);
    }
    if (path.equals("/fhir/metadata")) {
      return Reply.json(200, "{\"resourceType\":\"CapabilityStatement\",\"rest\":[]}");
    }
    if (path.startsWith("/files/") || path.startsWith("/moved/")) {
      return file(request, world.filesNeedToken());
    }
    if (!export.isAuthorized(request)) {
      return Reply.outcome(401, "login");
    }
    if (path.startsWith("/fhir/Binary/")) {
      return at(Stage.FILE, request, () -> export.file(request));
    }
    if (path.endsWith("/$export")) {
      return at(Stage.KICK_OFF, request, () -> export.kickOff(base()));
    }
    return path.startsWith("/fhir/jobs/") ? job(request) : Reply.outcome(404, "not-found");
  }

  private Answer job(Request request) {
    String files = world.filesElsewhere() ? otherOrigin() : origin();
    if (request.method().equals("DELETE")) {
      return at(Stage.DELETE, request, () -> Reply.of(202));
    }
    if (request.path().endsWith("/page2")) {
      return at(Stage.PAGE, request, () -> export.secondPage(files));
    }
    Incident look = new Incident(request, this, () -> export.manifest(files));
    return next(Stage.STATUS)
        .or(() -> next(Stage.MANIFEST))
        .map(fault -> fault.commit(look))
        .orElseGet(look::honest);
  }

  private Answer elsewhere(Request request) {
    beforeEachAnswer.run();
    if (request.path().equals("/page2")) {
      return at(Stage.PAGE, request, () -> export.secondPage(origin()));
    }
    boolean asked = world.filesNeedToken() && world.filesElsewhere();
    return file(request, asked && request.path().startsWith("/files/"));
  }

  private Answer file(Request request, boolean needsToken) {
    if (needsToken && !export.isAuthorized(request)) {
      return Reply.outcome(401, "login");
    }
    if (!needsToken && request.header("Authorization").isPresent()) {
      // As storage does that has the signature of a link to look at.
      return Reply.of(400).body("Only one way to prove who asks");
    }
    boolean struck = HonestExport.typeOf(request).equals("Patient");
    Stage stage = request.path().startsWith("/moved/") ? Stage.REDIRECTED : Stage.FILE;
    return struck ? at(stage, request, () -> export.file(request)) : export.file(request);
  }

  private Answer at(Stage stage, Request request, Supplier<Reply> honestly) {
    Incident incident = new Incident(request, this, honestly);
    return next(stage).map(fault -> fault.commit(incident)).orElseGet(incident::honest);
  }

  private synchronized Optional<Fault> next(Stage stage) {
    for (Planned planned : faults.getOrDefault(stage, List.of())) {
      if (planned.left > 0) {
        planned.left--;
        struck.add(stage);
        return Optional.of(planned.fault);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    home.close();
    elsewhere.close();
  }
}
