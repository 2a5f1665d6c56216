import type { Alert, Incident } from '#domain/alerts/alert.ts'
import type { TimelineEntry } from '#domain/alerts/incident-timeline.ts'
import type { RuleOverride } from '#domain/alerts/rule.ts'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import type { ClusterDraft } from '#domain/fleet/cluster.ts'
import type { StoredEvent } from '#domain/event.ts'
import type { Finding } from '#domain/judgement/finding.ts'
import type { ExpiryPreview } from '#domain/backup/expiry-preview.ts'
import type { Forecast } from '#domain/judgement/forecast.ts'
import type { HaproxyWish } from '#domain/plan/haproxy-plan.ts'
import { fromJson } from '#domain/json.ts'
import { isEnded, type Operation } from '#domain/operation/operation.ts'
import type { PoolerWish } from '#domain/plan/pooler-plan.ts'
import type { WayKind } from '#domain/operation/question.ts'
import type { RehearsalExtract, RehearsalPlan } from '#domain/plan/rehearsal-plan.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { ShareKind, ShareLink } from '#domain/people/share-link.ts'
import type { SignalWish } from '#domain/plan/signal-plan.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import type { VerdictLevel } from '#domain/judgement/verdict.ts'
import type { AuditRecord, OperationRow } from '#domain/fleet/view.ts'
import type { CommitsLook } from '#domain/wal/wal-commits.ts'
import { until } from './until.ts'

/** One cluster as `GET /api/v1/clusters/{name}` tells it. */
export interface ClusterLook {
  verdict: VerdictLevel
  sentence: string
  leader: string | null
  members: { name: string; role: string; state: string; timeline: number | null; lagBytes: number | null }[]
  forecast: Forecast | null
  findings: Finding[]
  systemIdentifier: string | null
}

/** A node's agent as `GET /api/v1/clusters/{name}/agents` tells it. */
export interface AgentLook {
  node: string
  state: 'none' | 'invited' | 'enrolled' | 'unreachable' | 'stale' | 'locked'
  sentence: string
  version: string | null
}

export interface SwitchoverWish {
  /** Null = Patroni chooses. */
  to: string | null
  reason: string
  scheduledAt?: Date
  idempotencyKey?: string
  /** Asks others, where a policy wants them. */
  approval?: 'ask'
  /** The state the wish was made for; absent = what the console shows now. */
  expected?: { leader: string; timeline: number | null; systemIdentifier: string | null }
}

/** A recovery as a test asks for it; what is left out is as usual. */
export interface RestoreWishes {
  target: RecoveryTarget
  reason: string
  repository?: number
  check?: string
  /** Made final without anybody looking; as usual it asks first. */
  commitsAlone?: boolean
  clientsBack?: 'writable' | 'end'
}

export interface RehearsalWishes {
  target: RecoveryTarget
  reason: string
  repository?: number
  node?: string
  check?: string
  verifiesPages?: boolean
  extract?: RehearsalExtract
}

export interface DecisionWish {
  way: WayKind
  reason: string
  target?: RecoveryTarget
}

interface Confirmed {
  reason: string
  /** What the plan asks to be typed. */
  confirm?: string
}

export type Rest = ReturnType<typeof createRest>

/** The console's REST interface as a program uses it; an answer that is an error is thrown with its sentence. */
export function createRest({ url, token }: { url: string; token: string }) {
  const call = async <T>(method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return fromJson<T>(JSON.parse(text))
  }
  const showCluster = (name: string) => call<ClusterLook>('GET', `/clusters/${name}`)
  const operation = (id: string) => call<Operation>('GET', `/operations/${id}`)
  const untilOperation = (
    id: string,
    what: string,
    isThere: (found: Operation) => boolean,
    { everyMs = 250, timeoutMs = 300_000 }: { everyMs?: number | undefined; timeoutMs?: number } = {},
  ) =>
    until({ what: `operation ${id} ${what}`, timeoutMs, everyMs }, async () => {
      const found = await operation(id)
      return isThere(found) ? found : null
    })
  const switchOver = async (name: string, wish: SwitchoverWish) => {
    const { to, reason, scheduledAt, idempotencyKey, approval } = wish
    const expected = wish.expected ?? expectedOf(await showCluster(name))
    const body = { candidate: to, reason, scheduledAt: scheduledAt ?? null, confirmName: name, expected, approval }
    const headers: Record<string, string> = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }
    return call<Operation>('POST', `/clusters/${name}/switchover`, body, headers)
  }
  /** With nothing but a reason the rule is again as it comes. */
  const setRule = (name: string, rule: string, body: Omit<RuleOverride, 'ruleId'> & { reason: string }) =>
    call<unknown>('PUT', `/clusters/${name}/rules/${rule}`, body)
  /** Those that go on. */
  const alerts = async (name: string) =>
    (await call<{ alerts: Alert[] }>('GET', `/clusters/${name}/alerts?limit=500`)).alerts
  const untilEnded = (id: string, everyMs?: number) =>
    untilOperation(id, 'has ended', ({ state }) => isEnded(state), { everyMs })
  const planRestore = (name: string, wish: Omit<RestoreWishes, 'reason'>) =>
    call<RestorePlan>('POST', `/clusters/${name}/restore/plan`, wish)
  const untilQuestion = (id: string, answered = 0) =>
    untilOperation(
      id,
      'asks or has ended',
      ({ question, state }) => (question !== null && question.step > answered) || isEnded(state),
      { timeoutMs: longMs },
    )
  return {
    addCluster: (draft: ClusterDraft) => call<{ id: string }>('POST', '/clusters', draft),
    changeCluster: (name: string, draft: ClusterDraft) => call<{ id: string }>('PUT', `/clusters/${name}`, draft),
    showCluster,
    events: async (name: string, since: Date) => {
      const path = `/clusters/${name}/events?limit=500&since=${since.toISOString()}`
      return (await call<{ events: StoredEvent[] }>('GET', path)).events
    },
    alerts,
    openIncidents: async (name: string) => {
      const path = `/clusters/${name}/incidents?isOpen=true&limit=100`
      return (await call<{ incidents: Incident[] }>('GET', path)).incidents
    },
    /** What happened around an incident, in order. */
    timeline: async (number: number) =>
      (await call<{ timeline: TimelineEntry[] }>('GET', `/incidents/${number}`)).timeline,
    setRule,
    /** Number of the newest incident; a first one is made where there is none, by a rule that any connection breaks. */
    someIncident: async (name: string) => {
      const newest = async () => {
        const path = `/clusters/${name}/incidents?limit=1`
        const [incident] = (await call<{ incidents: Incident[] }>('GET', path)).incidents
        return incident?.number ?? null
      }
      const known = await newest()
      if (known !== null) return known
      const rule = 'connections-high'
      const any = { parameters: { use: 0.001 }, forSeconds: 0, keepFiringSeconds: 0 }
      await setRule(name, rule, { ...any, reason: 'something to look at' })
      try {
        return await until({ what: 'an incident is open', timeoutMs: 120_000, everyMs: 500 }, newest)
      } finally {
        // As it comes it would keep firing, and what begins within minutes would become part of it.
        const none = { parameters: { use: 1 }, forSeconds: 0, keepFiringSeconds: 0 }
        await setRule(name, rule, { ...none, reason: 'something to look at is there' })
        await until({ what: 'the incident is over', timeoutMs: 120_000, everyMs: 500 }, async () =>
          (await alerts(name)).every(({ ruleId }) => ruleId !== rule),
        )
        await setRule(name, rule, { reason: 'it is over' })
      }
    },
    /** A channel that sends to an address as Alertmanager's webhook does, and a route to it of all that a cluster has to tell. */
    tellAt: async (name: string, url: string) => {
      const settings = { kind: 'webhook', url, user: null, caPem: null }
      const channel = await call<{ id: string }>('POST', '/channels', { name: 'test', settings, sendsResolved: true })
      const { revision } = await call<{ revision: string }>('GET', '/notification-routes')
      const steps = [{ afterMinutes: 0, channelIds: [channel.id] }]
      const rest = { label: null, hours: null, steps, repeatMinutes: null, goesOn: false }
      const routes = (['critical', 'warning'] as const).map((severity) => ({ severity, cluster: name, ...rest }))
      await call<unknown>('PUT', '/notification-routes', { revision, routes })
      return channel.id
    },
    /** Undoes it: no route is left, and none of these channels; of all where none is named. */
    tellNobody: async (...named: string[]) => {
      const { revision } = await call<{ revision: string }>('GET', '/notification-routes')
      await call<unknown>('PUT', '/notification-routes', { revision, routes: [] })
      const all = named.length > 0 ? named : (await call<{ id: string }[]>('GET', '/channels')).map(({ id }) => id)
      for (const channel of all) await call<unknown>('DELETE', `/channels/${channel}`)
    },
    audit: async (name: string) =>
      (await call<{ records: AuditRecord[] }>('GET', `/audit?cluster=${name}&limit=100`)).records,
    verifyAudit: () => call<{ ok: boolean }>('GET', '/audit/verify'),
    createUser: (user: { email: string; name: string; role: string }) =>
      call<{ user: { id: string }; password: string }>('POST', '/users', user),
    giveRole: (userId: string, role: string) => call('POST', `/users/${userId}/grants`, { grant: role }),
    /** Takes a role everywhere away. */
    revokeRole: (userId: string, role: string) => call('POST', `/users/${userId}/grants/revoke`, { grant: role }),
    /** A link for those who only watch; its path holds the token, which is told once. */
    share: (link: { kind: ShareKind; title: string; clusters: readonly string[]; expiresInDays: number }) =>
      call<{ share: ShareLink; path: string }>('POST', '/shares', link),
    revokeShare: (id: string) => call<ShareLink>('DELETE', `/shares/${id}`),
    /** Ends what goes on over it. */
    endMaintenance: async (name: string) => {
      const { windows } = await call<{ windows: { id: string }[] }>('GET', `/maintenance?cluster=${name}`)
      for (const { id } of windows) await call<unknown>('DELETE', `/maintenance/${id}`)
    },
    /** Whether whoever may act must have a second factor. */
    wantFactors: (secondFactor: 'optional' | 'required') => call<unknown>('PUT', '/sign-in-policy', { secondFactor }),
    /** What the deep looks at the layers last said. */
    stack: async (name: string) => (await call<{ stack: StackView | null }>('GET', `/clusters/${name}/stack`)).stack,
    signal: (name: string, { member, pid, ...wish }: SignalWish & { reason: string }) =>
      call<Operation>('POST', `/clusters/${name}/backends/${member}/${pid}/signal`, wish),
    /** A command to the poolers of all nodes, or of one. */
    poolers: (name: string, wish: Partial<PoolerWish> & Pick<PoolerWish, 'act'> & Confirmed) =>
      call<Operation>('POST', `/clusters/${name}/poolers`, wish),
    haproxy: (name: string, { proxy, server, ...wish }: HaproxyWish & Confirmed) =>
      call<Operation>('POST', `/clusters/${name}/haproxy/${proxy}/${server}`, wish),
    /** Each node with its agent, or none. */
    agents: (name: string) => call<AgentLook[]>('GET', `/clusters/${name}/agents`),
    inviteAgent: (name: string, node: string) =>
      call<{ token: string; command: string }>('POST', `/clusters/${name}/agents/${node}/invitation`, {}),
    takeBackup: (
      name: string,
      wish: { type: 'full' | 'diff' | 'incr'; reason: string; fromStandby?: boolean; repository?: number },
    ) => call<Operation>('POST', `/clusters/${name}/backup`, wish),
    /** What only looks, or sets up what is missing. */
    chore: (name: string, chore: 'check' | 'verify' | 'stanza-create', wish: { reason: string; repository?: number }) =>
      call<Operation>('POST', `/clusters/${name}/repository/${chore}`, wish),
    /** What an expiry would remove now. */
    expiry: (name: string, { repository, set }: { repository: number; set: string }) =>
      call<ExpiryPreview>('GET', `/clusters/${name}/repository/expiry?repository=${repository}&set=${set}`),
    expire: (name: string, wish: { repository: number; set: string; preview: ExpiryPreview; reason: string }) =>
      call<Operation>('POST', `/clusters/${name}/repository/expire`, { ...wish, confirmName: name }),
    switchOver,
    cancelScheduled: async (name: string, reason: string) => {
      const expected = expectedOf(await showCluster(name))
      return call<Operation>('DELETE', `/clusters/${name}/switchover`, { reason, confirmName: name, expected })
    },
    reinitialise: async (name: string, member: string, reason: string) => {
      const expected = expectedOf(await showCluster(name))
      const wish = { reason, confirm: member, force: false, expected }
      return call<Operation>('POST', `/clusters/${name}/members/${member}/reinitialise`, wish)
    },
    operation,
    /** Whether an operation holds the cluster. */
    isActing: async (name: string) => {
      const path = `/clusters/${name}/operations?limit=20`
      const { operations } = await call<{ operations: OperationRow[] }>('GET', path)
      return operations.some(({ state }) => !isEnded(state))
    },
    /** Id of the newest operation; a first one is made where there is none. */
    someOperation: async (name: string) => {
      const { operations } = await call<{ operations: { id: string }[] }>('GET', `/clusters/${name}/operations?limit=1`)
      const [newest] = operations
      if (newest !== undefined) return newest.id
      return (await untilEnded((await switchOver(name, { to: null, reason: 'something to look at' })).id)).id
    },
    planRestore,
    /** Asks for what the plan of now says. */
    restore: async (name: string, { reason, ...wish }: RestoreWishes) => {
      const { leader, timeline, systemIdentifier } = await planRestore(name, wish)
      const expected = { leader, timeline, systemIdentifier }
      return call<Operation>('POST', `/clusters/${name}/restore`, { ...wish, reason, confirmName: name, expected })
    },
    commits: (name: string, { fromAt, toAt }: { fromAt: Date; toAt: Date }) =>
      until({ what: 'archived WAL is read', timeoutMs: longMs, everyMs: 1_000 }, async () => {
        const span = `fromAt=${fromAt.toISOString()}&toAt=${toAt.toISOString()}`
        const look = await call<CommitsLook>('GET', `/clusters/${name}/restore/commits?${span}`)
        return look.state === 'done' ? look.found : null
      }),
    /** Until it asks a person, a question after step `answered`, or has ended. */
    untilQuestion,
    /** Answers what it asks. */
    decide: async (id: string, { way, reason, target }: DecisionWish) => {
      const { question } = await untilQuestion(id)
      if (question === null) throw new Error(`Operation ${id} asks nothing.`)
      const body = { step: question.step, way, reason, target: target ?? null }
      return call<Operation>('POST', `/operations/${id}/decision`, body)
    },
    /** Asks it to end before its point of no return. */
    cancel: (id: string, reason: string) => call<Operation>('POST', `/operations/${id}/cancel`, { reason }),
    planRehearsal: (name: string, wish: Omit<RehearsalWishes, 'reason'>) =>
      call<RehearsalPlan>('POST', `/clusters/${name}/rehearsal/plan`, wish),
    rehearse: (name: string, wish: RehearsalWishes) => call<Operation>('POST', `/clusters/${name}/rehearsal`, wish),
    rehearsals: (name: string) => call<Operation[]>('GET', `/clusters/${name}/rehearsals`),
    /** The file that a rehearsal took out. */
    extract: async (id: string) => {
      const headers = { authorization: `Bearer ${token}` }
      const response = await fetch(`${url}/api/v1/operations/${id}/extract`, { headers })
      if (!response.ok) throw new Error(`The extract of ${id}: ${response.status} ${await response.text()}`)
      return Buffer.from(await response.arrayBuffer())
    },
    report: (id: string) => call<{ name: string; markdown: string }>('GET', `/operations/${id}/report`),
    release: (id: string, wish: { confirmName: string; reason: string }) =>
      call<Operation>('POST', `/operations/${id}/release`, wish),
    untilEnded,
    /** The same for what may take a quarter of an hour. */
    untilLongEnded: (id: string) =>
      untilOperation(id, 'has ended', ({ state }) => isEnded(state), { timeoutMs: longMs, everyMs: 1_000 }),
    untilScheduled: (id: string) =>
      untilOperation(id, 'is scheduled', ({ state }) => state === 'waiting' || isEnded(state)),
  }
}

const longMs = 900_000

function expectedOf({ leader, members, systemIdentifier }: ClusterLook) {
  if (leader === null) throw new Error('The console names no leader.')
  const timeline = members.find(({ name }) => name === leader)?.timeline ?? null
  return { leader, timeline, systemIdentifier }
}
