'use client'

import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useRef } from 'react'
import { causeNames } from '#components/alerts/cause-names.ts'
import { AlertsSkeleton } from '#components/alerts/alerts-skeleton.tsx'
import { paths } from '#components/paths.ts'
import { useMay, useRoleWords } from '#components/session/session-context.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { SearchInput } from '#components/ui/search-input.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { useRowKeys } from '#components/ui/use-row-keys.ts'
import { setQueryParams, useQueryParam } from '#components/url/use-query-params.ts'
import { useQueryText } from '#components/url/use-query-text.ts'
import type { AlertCause } from '#domain/alerts/rule.ts'
import { RuleLine } from './rule-line.tsx'
import { rulesSentence } from './rules-sentence.ts'

const RuleSheet = lazy(() => import('./rule-sheet.tsx').then((module) => ({ default: module.RuleSheet })))

/** The rules that a cluster's alerts are found by, with what it has of them otherwise. */
export function RulesView({ cluster }: { cluster: string }) {
  const rules = useQuery(useTRPC().alerts.rules.queryOptions({ cluster }))
  const may = useMay('alerts.manage')
  const roles = useRoleWords()
  const [text, setText] = useQueryText('q')
  const [open] = useQueryParam('rule')
  const list = useRef<HTMLDivElement>(null)
  useRowKeys(list)
  if (rules.error && !rules.data) return <QueryProblem query={rules} />
  if (!rules.data) return <AlertsSkeleton />
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean)
  const found = rules.data.filter(({ rule }) => {
    const said = `${rule.id} ${rule.title} ${rule.summary} ${rule.severity} ${causeNames[rule.cause]}`.toLowerCase()
    return words.every((word) => said.includes(word))
  })
  const causes = [...new Set(found.map(({ rule }) => rule.cause))]
  const opened = rules.data.find(({ rule }) => rule.id === open)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div>
        <p className="text-lg tracking-[-0.01em]">{rulesSentence(cluster, rules.data)}</p>
        <p className="pt-1 text-muted">
          {may
            ? 'Open a rule to see what it would have done lately with other values, and to change it here.'
            : `You look on as ${roles}: who has the role operator or admin changes rules.`}{' '}
          <TextLink href={paths.clusterAlerts(cluster)}>Alerts</TextLink>
        </p>
      </div>
      <SearchInput label="Search rules" value={text} onChange={setText} className="max-w-72 phone:max-w-none" />
      {found.length === 0 ? (
        <Empty title="No rule matches." action={<Button onClick={() => setText('')}>Show all rules</Button>}>
          Names and sentences are searched for every word.
        </Empty>
      ) : null}
      <div ref={list} className="grid grid-cols-[minmax(0,1fr)] gap-6">
        {causes.map((cause: AlertCause) => (
          <section key={cause} aria-label={causeNames[cause]}>
            <h2 className="pb-1.5 font-semibold">{causeNames[cause]}</h2>
            <ol className="border-b border-line">
              {found
                .filter(({ rule }) => rule.cause === cause)
                .map((shown) => (
                  <RuleLine key={shown.rule.id} shown={shown} onOpen={() => setQueryParams({ rule: shown.rule.id })} />
                ))}
            </ol>
          </section>
        ))}
      </div>
      <Suspense>
        {opened ? (
          <RuleSheet
            key={opened.rule.id}
            cluster={cluster}
            shown={opened}
            mayChange={may}
            onClose={() => setQueryParams({ rule: '' })}
          />
        ) : null}
      </Suspense>
    </div>
  )
}
