import type { Finding } from './finding.ts'
import type { Forecast } from './forecast.ts'
import type { Verdict } from './verdict.ts'

/** All that is judged of one snapshot at one moment. */
export interface Assessment {
  verdict: Verdict
  findings: Finding[]
  forecast: Forecast
}
