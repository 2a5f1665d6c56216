import { verdictOrder } from '#domain/judgement/verdict.ts'
import type { AgedRow } from '#domain/fleet/aged-row.ts'

/** Worst first, by name where equal, so that rows stand still unless something changes. */
export function orderRows(rows: readonly AgedRow[]): AgedRow[] {
  return rows.toSorted((one, other) => rankOf(one) - rankOf(other) || compareNames(one.name, other.name))
}

export function compareNames(one: string, other: string): number {
  return names.compare(one, other)
}

const names = new Intl.Collator('en', { numeric: true })

function rankOf({ level }: AgedRow): number {
  return verdictOrder.indexOf(level)
}
