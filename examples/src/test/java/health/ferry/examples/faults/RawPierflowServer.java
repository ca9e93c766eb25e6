package health.ferry.examples.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.PierflowDownload;
import health.ferry.testkit.PierflowOptions;
import health.ferry.testkit.PierflowPackage;
import health.ferry.testkit.PierflowPartner;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The sandbox's Pierflow behind raw sockets, which hand every request through, and fail where they
 * are told to. Archives lie on the second origin, where nobody's key may go.
 *
 * <p>It has two packages of two patients. After the list, faults strike only the package that is
 * asked for first.
 */
public final class RawPierflowServer implements AutoCloseable {

  static final int PACKAGES = 2;
  private static final int PATIENTS = 2;

  private final Map<ImportStage, List<Planned>> faults = new EnumMap<>(ImportStage.class);
  private final Map<ImportStage, Integer> arrived = new EnumMap<>(ImportStage.class);
  private final Map<String, String> packageByLink = new ConcurrentHashMap<>();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Set<String> sentAfterTold = ConcurrentHashMap.newKeySet();
  private final Forwarding forwarding = new Forwarding();
  private final PartnerSandbox sandbox;
  private final List<PierflowPackage> built;
  private final RawServer home;
  private final RawServer elsewhere;
  private volatile String fileHost = "";
  private volatile String struck = "";
  private volatile Consumer<String> beforeAcknowledgement = packageId -> {};

  /** A fault, and how often it is still to strike. */
  private static final class Planned {
    private final Fault fault;
    private int left;

    Planned(Fault fault, int times) {
      this.fault = fault;
      this.left = times;
    }
  }

  private RawPierflowServer(PierflowDownload way) {
    sandbox =
        PartnerSandbox.builder()
            .patients(PACKAGES * PATIENTS)
            .pierflow(PierflowOptions.defaults().download(way).patientsPerPackage(PATIENTS))
            .start();
    built = sandbox.pierflow().packages();
    home = RawServer.start(this::atHome);
    elsewhere = RawServer.start(this::elsewhere);
  }

  static RawPierflowServer start(PierflowDownload way) {
    return new RawPierflowServer(way);
  }

  /** The fault strikes the next requests of a stage, after those planned before. */
  synchronized void plan(ImportStage stage, int times, Fault fault) {
    faults.computeIfAbsent(stage, none -> new ArrayList<>()).add(new Planned(fault, times));
  }

  /** Connections are refused from the first request of a stage on. */
  void hangUpBefore(ImportStage stage) {
    switch (stage) {
      case LIST -> home.hangUp();
      case DOWNLOAD -> plan(ImportStage.LIST, 1, this::lastAnswer);
      case FILE -> elsewhere.hangUp();
      case ACKNOWLEDGE -> plan(ImportStage.DOWNLOAD, 1, this::lastAnswer);
    }
  }

  private Answer lastAnswer(Incident incident) {
    Reply honest = incident.honest();
    home.hangUp();
    return honest.with("Connection", "close");
  }

  /** From now on nothing goes wrong. */
  void heal() {
    synchronized (this) {
      faults.clear();
    }
    home.listenAgain();
    elsewhere.listenAgain();
  }

  /** Looks at a package whose acknowledgement has arrived, before it counts. */
  void beforeAcknowledgement(Consumer<String> look) {
    beforeAcknowledgement = look;
  }

  public String base() {
    return home.origin();
  }

  public PierflowPartner partner() {
    return sandbox.pierflow();
  }

  /** The packages as they were built; an acknowledgement takes the failed patients out. */
  List<PierflowPackage> built() {
    return built;
  }

  /** The last patient of each package. */
  List<String> lastOfEach() {
    return built.stream().map(one -> one.patientIds().get(PATIENTS - 1)).toList();
  }

  /** How many requests of a stage have arrived. */
  synchronized int requests(ImportStage stage) {
    return arrived.getOrDefault(stage, 0);
  }

  List<Request> requestsElsewhere() {
    return elsewhere.log();
  }

  /** Packages that were acknowledged once more when a 2xx had been seen already. */
  Set<String> acknowledgedAgain() {
    return Set.copyOf(sentAfterTold);
  }

  private Answer atHome(Request request) {
    String[] path = request.path().split("/", -1);
    String packageId = path[path.length - 2];
    return switch (path[path.length - 1]) {
      case "import-packages" -> at(ImportStage.LIST, request, () -> atPartner(request));
      case "download" -> download(request, packageId);
      case "acknowledge" -> acknowledge(request, packageId);
      default -> Reply.html(404);
    };
  }

  private Answer download(Request request, String packageId) {
    if (struck.isEmpty()) {
      struck = packageId;
    }
    return at(ImportStage.DOWNLOAD, packageId, request, () -> ledHere(request, packageId));
  }

  private Answer acknowledge(Request request, String packageId) {
    beforeAcknowledgement.accept(packageId);
    if (told.contains(packageId)) {
      sentAfterTold.add(packageId);
    }
    Answer answer = at(ImportStage.ACKNOWLEDGE, packageId, request, () -> atPartner(request));
    if (answer instanceof Reply reply && reply.showsSuccess()) {
      told.add(packageId);
    }
    return answer;
  }

  private Answer elsewhere(Request request) {
    String packageId = packageByLink.getOrDefault(request.target(), "none");
    return at(ImportStage.FILE, packageId, request, () -> forwarding.send(fileHost, request));
  }

  private Reply atPartner(Request request) {
    return forwarding.send(partner().baseUrl(), request);
  }

  /** The partner's answer, whose link to its file host leads to the second origin. */
  private Reply ledHere(Request request, String packageId) {
    Reply honest = atPartner(request);
    if (partner().options().download() != PierflowDownload.LINK || honest.status() != 200) {
      return honest;
    }
    ObjectNode answer = Faults.tree(honest);
    URI link = URI.create(answer.path("download_url").asText());
    fileHost = link.getScheme() + "://" + link.getRawAuthority();
    String target = link.toString().substring(fileHost.length());
    packageByLink.put(target, packageId);
    return honest.body(answer.put("download_url", elsewhere.origin() + target).toString());
  }

  private Answer at(ImportStage stage, String packageId, Request request, Supplier<Reply> honest) {
    return packageId.equals(struck) ? at(stage, request, honest) : arrived(stage, honest.get());
  }

  private Answer at(ImportStage stage, Request request, Supplier<Reply> honest) {
    Incident incident = Incident.of(request, honest);
    return arrived(
        stage, next(stage).map(fault -> fault.commit(incident)).orElseGet(incident::honest));
  }

  private synchronized Answer arrived(ImportStage stage, Answer answer) {
    arrived.merge(stage, 1, Integer::sum);
    return answer;
  }

  private synchronized Optional<Fault> next(ImportStage stage) {
    for (Planned planned : faults.getOrDefault(stage, List.of())) {
      if (planned.left > 0) {
        planned.left--;
        return Optional.of(planned.fault);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    home.close();
    elsewhere.close();
    sandbox.close();
  }
}
