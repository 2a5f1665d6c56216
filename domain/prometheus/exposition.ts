import type { Family, FamilySample } from './family.ts'

/**
 * Samples in Prometheus' text format, version 0.0.4: all families are named, also those without a sample. Of samples with the same labels
 * the first counts.
 */
export function formatSamples(families: readonly Family[], samples: readonly FamilySample[]): string {
  const lines = new Map<Family, Map<string, number>>(families.map((family) => [family, new Map()]))
  for (const { family, labels, value } of samples) {
    const of = lines.get(family)
    if (of === undefined) throw new Error(`${family.name} is not among the metrics that are told.`)
    const text = formatLabels(labels)
    if (Number.isFinite(value) && !of.has(text)) of.set(text, value)
  }
  return [...lines].map(([family, of]) => formatFamily(family, of)).join('')
}

function formatFamily({ name, type, help }: Family, lines: ReadonlyMap<string, number>): string {
  const head = `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n`
  return head + [...lines].map(([labels, value]) => `${name}${labels} ${value}\n`).join('')
}

function formatLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(value.slice(0, longestValue))}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** Longer than any name of Postgres, Patroni or HAProxy. */
const longestValue = 200

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
