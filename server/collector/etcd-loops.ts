import { toReading } from '#server/adapters/read.ts'
import type { Board } from './board.ts'
import { startLoop } from './loop.ts'
import type { Looking } from './sweep.ts'
import { KeyWatch } from './watch.ts'

const quorumBeatMs = 2_000
const endpointBeatMs = 5_000
const troubledEndpointBeatMs = 2_000

/** Watches Patroni's keys, proves etcd's majority every 2 s, and looks at each endpoint for itself. */
export function startEtcdLoops(looking: Looking): void {
  const { board, signal, clock, log } = looking
  const { etcd } = board.access
  if (etcd === null) return
  const namespace = board.access.cluster.endpoints.etcdNamespace

  const watch = new KeyWatch({
    etcd,
    namespace,
    scope: () => board.scope(),
    onKeys(reading) {
      const before = board.keys.seen.good?.value.leader
      const news = board.keys.put(reading)
      const isAnother = reading.ok && before !== undefined && before !== reading.value.leader
      looking.onReading(isAnother ? 'urgent' : news)
    },
    clock,
    signal,
  })
  startLoop({
    name: 'etcd watch',
    signal,
    log,
    beatMs: () => 0,
    async look() {
      try {
        await watch.run()
      } catch (error) {
        // Proofs of quorum go on, and would call the keys current that nobody watches any more.
        if (!signal.aborted) looking.onReading(board.keys.put(brokenWatch(clock())))
        throw error
      }
    },
  })

  startLoop({
    name: 'etcd quorum',
    signal,
    log,
    beatMs: () => quorumBeatMs,
    async look() {
      const scope = board.scope()
      if (scope === null) return
      let unchecked = Promise.resolve()
      const proof = etcd.proveQuorum(namespace, scope, signal).then((value) => {
        unchecked = watch.check(value)
        return { revision: value.revision }
      })
      const reading = await toReading(proof, clock)
      if (!signal.aborted) looking.onReading(board.quorum.put(reading))
      await unchecked
    },
  })

  for (const { url, status } of board.etcdEndpoints) {
    startLoop({
      name: `etcd ${url}`,
      signal,
      log,
      beatMs: () => (hasTrouble(board) ? troubledEndpointBeatMs : endpointBeatMs),
      async look() {
        const reading = await toReading(etcd.endpointStatus(url, signal), clock)
        if (!signal.aborted) looking.onReading(status.put(reading))
      },
    })
  }
}

function brokenWatch(observedAt: Date) {
  const sentence =
    "The watch of etcd's keys broke in a way it should not; it is begun anew within 5 s. Matriarch's log says more."
  return { ok: false as const, observedAt, kind: 'protocol' as const, sentence }
}

function hasTrouble({ quorum, etcdEndpoints }: Board): boolean {
  return quorum.seen.problem !== null || etcdEndpoints.some(({ status }) => status.seen.problem !== null)
}
