/** Who is judged wrongly, by which model: what the picture of patients lights up and counts. */
import type { JudgedPatient } from './experiments/classify';

export type Judge = 'private' | 'plain';

/** Malignant is said from the threshold on, as in every other figure of these models. */
export const isMisjudged = (patient: JudgedPatient, threshold: number, by: Judge): boolean =>
  patient[by] >= threshold !== patient.malignant;

/** Patients with cancer whom the model sends home, and patients without whom it alarms. */
export function errorsOf(patients: readonly JudgedPatient[], threshold: number, by: Judge) {
  const wrong = patients.filter((patient) => isMisjudged(patient, threshold, by));
  const missed = wrong.filter(({ malignant }) => malignant).length;
  return { missed, alarms: wrong.length - missed };
}

/** Those whom the private model misjudges, the surest errors first. */
export function byError(patients: readonly JudgedPatient[], threshold: number): JudgedPatient[] {
  const error = ({ malignant, private: said }: JudgedPatient) => (malignant ? 1 - said : said);
  return patients
    .filter((patient) => isMisjudged(patient, threshold, 'private'))
    .sort((a, b) => error(b) - error(a));
}
