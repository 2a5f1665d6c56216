/** A metric as Prometheus knows it: every sample of it has the same meaning and unit. */
export interface Family {
  name: string
  type: 'gauge' | 'counter'
  /** One sentence. */
  help: string
}

/** One value of one family at the moment of the answer. */
export interface FamilySample {
  family: Family
  labels: Readonly<Record<string, string>>
  value: number
}

/** What is as it is now. */
export function gauge(name: string, help: string): Family {
  return { name: `matriarch_${name}`, type: 'gauge', help }
}

/** What only grows until its source starts anew; the name ends in `_total`. */
export function counter(name: string, help: string): Family {
  return { name: `matriarch_${name}_total`, type: 'counter', help }
}

/** A sample, or none where the value is not known: what is absent can be alerted on, what is made up cannot. */
export function sample(
  family: Family,
  labels: FamilySample['labels'],
  value: number | boolean | null | undefined,
): FamilySample[] {
  if (value === null || value === undefined) return []
  return [{ family, labels, value: Number(value) }]
}

/** One sample for each word that it could be, 1 for the one that it is; none where that is not known. */
export function wordSamples(
  family: Family,
  labels: FamilySample['labels'],
  { label, words, is }: { label: string; words: readonly string[]; is: string | null },
): FamilySample[] {
  if (is === null) return []
  return words.flatMap((word) => sample(family, { ...labels, [label]: word }, word === is))
}
