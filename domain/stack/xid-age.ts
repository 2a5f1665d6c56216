import type { DatabaseDetail } from './postgres-detail.ts'
import type { Worry } from './worry.ts'

/** How much of the transactions, or of the multixacts, that may pass before Postgres refuses to write has passed; 0 to 1. */
export function wraparoundShare({ xidAge, mxidAge }: Pick<DatabaseDetail, 'xidAge' | 'mxidAge'>): number {
  return Math.max(xidAge, mxidAge) / mostTransactions
}

/** Postgres stops 3 million before the half of 2^32. */
const mostTransactions = 2 ** 31 - 3_000_000

/** Vacuum should have begun long before; null while it may still be about to. */
export function xidWorry(database: Pick<DatabaseDetail, 'name' | 'xidAge' | 'mxidAge'>): Worry | null {
  const share = wraparoundShare(database)
  if (share < 0.25) return null
  const tone = share < 0.5 ? 'warn' : 'bad'
  const what = database.xidAge >= database.mxidAge ? 'transactions' : 'multixacts'
  return {
    tone,
    sentence: `${database.name} has used ${Math.floor(share * 100)} % of the ${what} it may before Postgres refuses writes: vacuum does not keep up.`,
  }
}
