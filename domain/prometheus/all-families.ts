import { clusterFamilies } from './cluster-samples.ts'
import { consoleFamilies, reachable } from './console-samples.ts'
import { factFamilies } from './fact-family.ts'
import { leftOut } from './fact-samples.ts'
import type { Family } from './family.ts'
import { haproxyFamilies } from './haproxy-samples.ts'
import { lookAge } from './look-samples.ts'
import { memberFamilies } from './member-samples.ts'
import { poolerFamilies } from './pooler-samples.ts'

/** Every metric that the console tells, in the order in which it tells them. */
export const allFamilies: readonly Family[] = [
  reachable,
  ...Object.values(consoleFamilies),
  lookAge,
  leftOut,
  ...factFamilies,
  ...Object.values(clusterFamilies),
  ...Object.values(memberFamilies),
  ...Object.values(poolerFamilies),
  ...Object.values(haproxyFamilies),
]
