package health.ferry.fhir;

import java.util.Set;

/**
 * The resource types of FHIR R4, by name, for whoever does without a model: does not load HAPI.
 *
 * @see <a href="https://hl7.org/fhir/R4/resourcelist.html">FHIR R4 resource index</a>
 */
public final class ResourceTypes {

  private static final Set<String> R4 =
      Set.of(
          """
          Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment
          AppointmentResponse AuditEvent Basic Binary BiologicallyDerivedProduct BodyStructure
          Bundle CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem
          ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication
          CommunicationRequest CompartmentDefinition Composition ConceptMap Condition Consent
          Contract Coverage CoverageEligibilityRequest CoverageEligibilityResponse
          DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement
          DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis
          Encounter Endpoint EnrollmentRequest EnrollmentResponse EpisodeOfCare
          EventDefinition Evidence EvidenceVariable ExampleScenario ExplanationOfBenefit
          FamilyMemberHistory Flag Goal GraphDefinition Group GuidanceResponse
          HealthcareService ImagingStudy Immunization ImmunizationEvaluation
          ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice Library Linkage
          List Location Measure MeasureReport Media Medication MedicationAdministration
          MedicationDispense MedicationKnowledge MedicationRequest MedicationStatement
          MedicinalProduct MedicinalProductAuthorization MedicinalProductContraindication
          MedicinalProductIndication MedicinalProductIngredient MedicinalProductInteraction
          MedicinalProductManufactured MedicinalProductPackaged MedicinalProductPharmaceutical
          MedicinalProductUndesirableEffect MessageDefinition MessageHeader MolecularSequence
          NamingSystem NutritionOrder Observation ObservationDefinition OperationDefinition
          OperationOutcome Organization OrganizationAffiliation Parameters Patient
          PaymentNotice PaymentReconciliation Person PlanDefinition Practitioner
          PractitionerRole Procedure Provenance Questionnaire QuestionnaireResponse
          RelatedPerson RequestGroup ResearchDefinition ResearchElementDefinition
          ResearchStudy ResearchSubject RiskAssessment RiskEvidenceSynthesis Schedule
          SearchParameter ServiceRequest Slot Specimen SpecimenDefinition StructureDefinition
          StructureMap Subscription Substance SubstanceNucleicAcid SubstancePolymer
          SubstanceProtein SubstanceReferenceInformation SubstanceSourceMaterial
          SubstanceSpecification SupplyDelivery SupplyRequest Task TerminologyCapabilities
          TestReport TestScript ValueSet VerificationResult VisionPrescription
          """
              .strip()
              .split("\\s+"));

  private ResourceTypes() {}

  /**
   * Whether R4 defines a resource type of this name.
   *
   * @param resourceType a name such as {@code Patient}; upper and lower case count
   * @return false for abstract types ({@code Resource}, {@code DomainResource}), for datatypes and
   *     for types of other releases
   */
  public static boolean isKnown(String resourceType) {
    return R4.contains(resourceType);
  }

  /**
   * All resource types of R4.
   *
   * @return their names, in no order
   */
  public static Set<String> all() {
    return R4;
  }
}
