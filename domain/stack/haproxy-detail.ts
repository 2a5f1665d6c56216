/** What the statistics of one HAProxy say; counters are since it was last reloaded. */
export interface HaproxyDetail {
  proxies: HaproxyProxy[]
}

export interface HaproxyProxy {
  name: string
  mode: string
  frontend: HaproxyFrontend | null
  /** Null = a frontend alone. */
  backend: HaproxyTraffic | null
  servers: HaproxyServer[]
}

export interface HaproxyTraffic {
  status: string
  sessions: number
  sessionsMax: number
  /** Null = none is set. */
  sessionsLimit: number | null
  sessionsTotal: number
  /** Sessions of the last second. */
  rate: number
  bytesIn: number
  bytesOut: number
  queued: number
  connectionErrors: number
  responseErrors: number
}

/** Where clients come in: nothing queues or fails to connect here. */
export interface HaproxyFrontend extends Omit<HaproxyTraffic, 'queued' | 'connectionErrors' | 'responseErrors'> {
  requestErrors: number
}

export interface HaproxyServer extends HaproxyTraffic {
  name: string
  /** host:port; null where the statistics do not show it. */
  address: string | null
  isUp: boolean
  /** What the status begins with: UP, DOWN, DRAIN, MAINT, NOLB or no check. */
  admin: 'ready' | 'drain' | 'maint'
  /** e.g. L7OK, L7STS, L4TOUT, without the star of a check under way. */
  check: string
  checkCode: number | null
  checkMilliseconds: number | null
  lastCheck: string
  weight: number
  isBackup: boolean
  /** Since its last change of status. */
  changedSeconds: number | null
  downSeconds: number | null
  /** Since the last session; null = never. */
  lastSessionSeconds: number | null
}
