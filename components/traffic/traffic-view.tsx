'use client'

import { lazy, Suspense, useState } from 'react'
import { LayerHead } from '#components/layers/layer-head.tsx'
import { SeenNotes } from '#components/layers/seen-notes.tsx'
import { WithStack, type Layers } from '#components/layers/with-stack.tsx'
import { useMay } from '#components/session/session-context.tsx'
import { ReadOnlyNote } from '#components/settings/read-only-note.tsx'
import { Empty } from '#components/ui/empty.tsx'
import type { HaproxyWish } from '#domain/plan/haproxy-plan.ts'
import { currentOf } from '#domain/stack/deep-age.ts'
import { etcdSentence, etcdWorries } from '#domain/stack/etcd-worries.ts'
import { haproxySentence, haproxyWorries } from '#domain/stack/haproxy-worries.ts'
import { worriesByTone } from '#domain/stack/worry.ts'
import { EtcdCard } from './etcd-card.tsx'
import { ProxyCard } from './proxy-card.tsx'

const HaproxyAct = lazy(() =>
  import('#components/stack-acts/haproxy-act.tsx').then((module) => ({ default: module.HaproxyAct })),
)

/** Who gets what through HAProxy, and the etcd that decides who leads. */
export function TrafficView({ cluster }: { cluster: string }) {
  return (
    <WithStack cluster={cluster} label="Loading traffic">
      {(layers) => <Told layers={layers} />}
    </WithStack>
  )
}

function Told({ layers }: { layers: Layers }) {
  const { cluster, stack, snapshot, now } = layers
  const { haproxy, etcd } = stack
  const mayCommand = useMay('traffic.command')
  const [wish, setWish] = useState<HaproxyWish | null>(null)
  if (haproxy === null && etcd === null) {
    return (
      <Empty title={`The console was told of no HAProxy and no etcd of ${cluster}.`}>
        With the address of HAProxy's statistics and of etcd, given in the settings of the cluster, both are shown here.
      </Empty>
    )
  }
  const proxies = currentOf(haproxy, now)
  const members = currentOf(etcd, now)
  const worries = worriesByTone([
    ...(proxies === null ? [] : haproxyWorries(proxies)),
    ...(members === null ? [] : etcdWorries(members)),
  ])
  const said = [
    proxies === null ? null : haproxySentence(proxies),
    members === null ? null : etcdSentence(members),
  ].filter((sentence) => sentence !== null)
  const silence = haproxy?.overtakenBy
    ? `HAProxy was last looked at ${haproxy.overtakenBy}.`
    : 'Neither HAProxy nor etcd tells this console of itself now.'
  return (
    <div className="grid gap-6">
      <LayerHead
        sentence={said.length === 0 ? silence : said.join(' ')}
        names={snapshot?.members.map(({ name }) => name) ?? []}
        more={worries}
      />
      <SeenNotes
        watched={[
          ...(haproxy === null ? [] : [{ who: 'HAProxy', looked: haproxy, others: null }]),
          ...(etcd === null ? [] : [{ who: 'etcd', looked: etcd, others: null }]),
        ]}
        now={now}
      />
      {haproxy?.value ? (
        <section id="haproxy" aria-label="HAProxy" className="grid scroll-mt-4 gap-3.5">
          {haproxy.value.proxies.map((proxy) => (
            <ProxyCard
              key={proxy.name}
              proxy={proxy}
              looked={haproxy}
              now={now}
              onAct={mayCommand && proxies !== null ? setWish : null}
            />
          ))}
        </section>
      ) : null}
      {etcd?.value ? (
        <div id="etcd" className="scroll-mt-4">
          <EtcdCard detail={etcd.value} looked={etcd} snapshot={snapshot} now={now} />
        </div>
      ) : null}
      {mayCommand ? null : <ReadOnlyNote>Operators drain servers and take them back.</ReadOnlyNote>}
      <Suspense>
        {wish ? (
          <HaproxyAct
            key={`${wish.act} ${wish.proxy} ${wish.server}`}
            {...wish}
            cluster={cluster}
            isOpen
            onClose={() => setWish(null)}
          />
        ) : null}
      </Suspense>
    </div>
  )
}
