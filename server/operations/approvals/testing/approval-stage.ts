import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Binding, decisionText } from '#domain/approvals/binding.ts'
import { policyDefaults, type PolicyDraft } from '#domain/approvals/policy.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import { isEnded, type Operation } from '#domain/operation/operation.ts'
import type { Grant } from '#domain/people/grant.ts'
import type { Role } from '#domain/people/permission.ts'
import { healthyWorld, type World } from '#domain/testing/world.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { AppError } from '#server/errors.ts'
import { checkProof } from '#server/factors/check-proof.ts'
import { sealProof } from '#server/factors/seal-code.ts'
import { addAuthenticator, addPerson, type TestAuthenticator } from '#server/factors/testing/people.ts'
import { createLog } from '#server/log.ts'
import { savePolicy } from '#server/store/approvals/policies.ts'
import { loadWorkerKeys, publishSealingKey, type WorkerKeys } from '#server/store/keys.ts'
import { inTransaction, openStore, type Store } from '#server/store/open.ts'
import { findOperation } from '#server/store/operations.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { launchEngine } from '../../engine/engine.ts'
import { requestSwitchover, type SwitchoverRequest } from '../../request/request.ts'
import type { OperationSurroundings } from '../../engine/surroundings.ts'
import { startUnderName } from '../../engine/take-name.ts'
import { takeQueued } from '../../engine/take-queued.ts'
import { seedCluster, showWorld, workerNamed } from '../../testing/seed.ts'
import { decideRequest } from '../decide-request.ts'
import { runRequest } from '../run-request.ts'
import type { CheckProof } from '../check-proof.ts'

export type Person = AuditRecord['actor'] & { id: string }

/** A store with people and their authenticator apps, and the real engine on clusters that cannot be reached: whatever is run ends `failed` at its first step. */
export class ApprovalStage implements AsyncDisposable {
  readonly store: Store & AsyncDisposable
  /** The store as the web tier has it. */
  readonly web: Store
  readonly keys: WorkerKeys
  readonly checkProof: CheckProof
  readonly #apps = new Map<string, TestAuthenticator>()
  readonly surroundings: OperationSurroundings
  stop: () => Promise<void> = () => Promise.resolve()
  readonly home: string

  private constructor(store: Store & AsyncDisposable, web: Store, home: string) {
    this.store = store
    this.web = web
    this.home = home
    this.keys = loadWorkerKeys(home)
    this.checkProof = (tx, check) => checkProof(tx, { store, keys: this.keys, ...check })
    const log = createLog('test')
    log.level = 'silent'
    this.surroundings = {
      store,
      worker: workerNamed('approvals'),
      accessTo: () => Promise.reject(new AppError('unreachable', 'There is no way to this cluster.')),
      log,
      now: () => new Date(),
      debugPoint: () => {},
      onFenced: () => {},
    }
  }

  /** On a migrated store, which it closes at its end. */
  static async open(store: Store & AsyncDisposable): Promise<ApprovalStage> {
    const home = mkdtempSync(join(tmpdir(), 'matriarch-approvals-'))
    const { webUrl } = await prepareRoles(store.url)
    const stage = new ApprovalStage(store, openStore(webUrl, { max: 10 }), home)
    await publishSealingKey(store, stage.keys, null)
    await startUnderName(store, stage.surroundings.worker)
    await stage.start()
    // What the web tier may do with the engine's tables is given once they are there.
    await prepareRoles(store.url)
    return stage
  }

  async start(): Promise<void> {
    this.stop = await launchEngine(this.surroundings, { pollMs: 3_600_000 })
  }

  async person(
    name: string,
    held: Role | readonly Grant[],
    { isVouched = true }: { isVouched?: boolean } = {},
  ): Promise<Person> {
    const email = `${name.toLowerCase()}-${randomUUID().slice(0, 8)}@example.org`
    const id = await addPerson(this.store, email, held)
    await this.giveApp(id, { isVouched })
    return { id, name: email, kind: 'user' }
  }

  async giveApp(userId: string, { isVouched = true }: { isVouched?: boolean } = {}): Promise<void> {
    this.#apps.set(userId, await addAuthenticator(this.store, this.keys, userId, { isVouched }))
  }

  /** The code that the app shows, as if half a minute were over since the last one was used. */
  async code(userId: string): Promise<string> {
    const app = this.#apps.get(userId)
    if (!app) throw new Error('This person has no app.')
    await this.store.pool.query('update factor set last_step = 0 where id = $1', [app.id])
    return app.code()
  }

  /** A cluster of its own with a policy that governs switchovers on it. */
  async governed(name: string, part: Partial<PolicyDraft> = {}): Promise<ClusterConfig> {
    const cluster = await seedCluster(this.store, name)
    await this.policy(cluster, part)
    return cluster
  }

  async policy(cluster: ClusterConfig, part: Partial<PolicyDraft> = {}, by: string = randomUUID()): Promise<void> {
    const draft: PolicyDraft = {
      name: `of ${cluster.name} ${randomUUID().slice(0, 8)}`,
      scope: { kind: 'cluster', clusterId: cluster.id },
      acts: ['switchover'],
      approvals: 1,
      ...policyDefaults,
      allowsBreakGlass: true,
      ...part,
    }
    await inTransaction(this.store, (tx) => savePolicy(tx, null, draft, { id: by, name: 'Eve' }))
  }

  ask(cluster: ClusterConfig, actor: Person, part: Partial<SwitchoverRequest> = {}): Promise<Operation> {
    const { systemIdentifier } = healthyWorld(new Date())
    return requestSwitchover(this.web, {
      actor,
      cluster,
      kind: 'switchover',
      candidate: 'pg-node-1',
      scheduledAt: null,
      reason: 'kernel update of pg-node-3',
      confirmName: cluster.name,
      expected: { leader: 'pg-node-3', timeline: 4, systemIdentifier },
      idempotencyKey: randomUUID(),
      approval: 'ask',
      ...part,
    })
  }

  async decide(
    { id, planHash, plan }: Operation,
    person: Person,
    decision: 'approve' | 'reject' = 'approve',
    code?: string,
  ): Promise<void> {
    const { leader, timeline, systemIdentifier } = plan
    const seen: Binding = { planHash, leader, timeline, systemIdentifier }
    const proven = { userId: person.id, purpose: decision, subject: decisionText(id, decision, seen) }
    const proof = await sealProof(this.store.pool, proven, { kind: 'totp', code: code ?? (await this.code(person.id)) })
    const reason = decision === 'reject' ? 'Not before the weekend.' : ''
    await decideRequest(this.store, this.checkProof, {
      operationId: id,
      userId: person.id,
      decision,
      reason,
      seen,
      proof,
    })
  }

  run({ id }: Operation, person: Person): Promise<void> {
    return runRequest(this.store, { operationId: id, userId: person.id })
  }

  /** Lets the engine take what is queued, and tells how it ended. */
  async ended({ id }: Operation): Promise<Operation> {
    await takeQueued()
    for (let tries = 0; tries < 500; tries += 1) {
      const operation = await findOperation(this.store, id)
      if (operation && isEnded(operation.state)) return operation
      await sleep(50)
    }
    throw new Error('The operation did not end within 25 s.')
  }

  async now({ id }: Operation): Promise<Operation> {
    const operation = await findOperation(this.store, id)
    if (!operation) throw new Error('It is gone.')
    return operation
  }

  async see(cluster: ClusterConfig, world: World): Promise<void> {
    await this.store.pool.query('delete from latest_snapshot where cluster_id = $1', [cluster.id])
    await showWorld(this.store, cluster, world)
  }

  async actions({ id }: Operation): Promise<string[]> {
    const { rows } = await this.store.pool.query<{ entry: string }>(
      `select action || ' ' || outcome as entry from audit_event where operation_id = $1 order by seq`,
      [id],
    )
    return rows.map(({ entry }) => entry)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    await this.web.close()
    await this.store[Symbol.asyncDispose]()
    rmSync(this.home, { recursive: true, force: true })
  }
}
