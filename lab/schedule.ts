import { patroniUrls } from './addresses.ts'
import { LabError } from './failure.ts'
import { restHeaders } from './rest-password.ts'

/** Has Patroni forget the switchover that it keeps for later, if there is one. */
export async function dropSchedule(): Promise<void> {
  for (const url of patroniUrls) {
    const request = { method: 'DELETE', headers: restHeaders(), signal: AbortSignal.timeout(10_000) }
    const answer = await fetch(`${url}/switchover`, request).catch(() => null)
    // 404: none is scheduled.
    if (answer?.ok === true || answer?.status === 404) return
  }
  throw new LabError('No Patroni would say that no switchover is scheduled. Run: npm run lab -- status')
}
