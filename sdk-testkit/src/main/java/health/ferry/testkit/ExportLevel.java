package health.ferry.testkit;

/** At what an export is aimed. */
public enum ExportLevel {
  /** {@code [base]/$export}: everything. */
  SYSTEM,
  /** {@code [base]/Patient/$export}: what belongs to patients. */
  PATIENT,
  /** {@code [base]/Group/[id]/$export}: what belongs to a group's members. */
  GROUP
}
