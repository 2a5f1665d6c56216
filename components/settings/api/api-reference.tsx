'use client'

import { useState, type ReactNode } from 'react'
import { CurlText } from '#components/curl/curl-text.tsx'
import { useEndpoints, type Endpoint } from '#components/curl/use-endpoints.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { SearchInput } from '#components/ui/search-input.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { paths } from '#components/paths.ts'
import { quoted } from '#domain/api/curl.ts'
import { capital } from '#domain/words.ts'
import { SettingsHead } from '../settings-head.tsx'

/** Each command and query of the console as a program asks for it. */
export function ApiReference() {
  const endpoints = useEndpoints()
  const [words, setWords] = useState('')
  const shown = endpoints.data?.filter((endpoint) => isMeant(endpoint, words)) ?? []
  const tags = [...new Set(shown.map(({ tag }) => tag))].toSorted()
  return (
    <div className="grid gap-6">
      <SettingsHead sentence="All that the console does, for programs." />
      <p className="max-w-prose text-muted">
        Make a token under <TextLink href={paths.account()}>Account</TextLink> and put it into{' '}
        <code className="font-mono text-sm">MATRIARCH_TOKEN</code>. Words in braces are yours to fill in. The same, for
        tools:{' '}
        <a href={paths.openApi()} className="underline underline-offset-2">
          openapi.json
        </a>
        . A change sent twice with one <code className="font-mono text-sm">Idempotency-Key</code> is made once.
      </p>
      <SearchInput label="Search the interface" value={words} onChange={setWords} />
      {endpoints.data && shown.length === 0 ? <p className="text-muted">Nothing is called so.</p> : null}
      {tags.map((tag) => (
        <section key={tag} aria-label={tag} className="grid gap-1">
          <h2 className="text-lg font-medium">{capital(tag)}</h2>
          <ul className="grid">
            {shown
              .filter((endpoint) => endpoint.tag === tag)
              .map((endpoint) => (
                <li key={`${endpoint.method} ${endpoint.path}`} className="border-t border-line">
                  <EndpointLine endpoint={endpoint} />
                </li>
              ))}
          </ul>
        </section>
      ))}
      {endpoints.isPending ? <Skeleton className="h-96" /> : null}
      <QueryProblem query={endpoints} />
    </div>
  )
}

function EndpointLine({ endpoint }: { endpoint: Endpoint }) {
  const [isOpen, setIsOpen] = useState(false)
  const { method, path, summary, permission, procedure, kind } = endpoint
  return (
    <details className="min-w-0" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="grid cursor-pointer gap-x-4 gap-y-0.5 py-2 hover:bg-raised md:grid-cols-[minmax(0,26rem)_1fr]">
        <span className="grid grid-cols-[4rem_minmax(0,1fr)] font-mono text-sm">
          <span className="text-faint">{method}</span>
          <span className="wrap-anywhere">{breakable(path)}</span>
        </span>
        <span className="text-muted">{summary}</span>
      </summary>
      {isOpen ? (
        <div className="grid min-w-0 gap-2 pt-1 pb-4">
          <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
            <Badge>{kind}</Badge>
            <span className="font-mono">{procedure}</span> needs the permission {permission}.
          </p>
          <CurlText text={exampleCurl(endpoint, location.origin)} label={`${method} ${path} as curl`} />
        </div>
      ) : null}
    </details>
  )
}

// A path too long for its line breaks before a slash.
function breakable(path: string): ReactNode[] {
  return path.split(/(?=\/)/).flatMap((part, index) => (index === 0 ? [part] : [<wbr key={index} />, part]))
}

// With its names still in braces: they are the reader's to fill in.
function exampleCurl({ method, path, example, kind }: Endpoint, origin: string): string {
  return [
    `curl -sS${method === 'GET' ? '' : ` -X ${method}`} ${quoted(`${origin}/api/v1${path}`)}`,
    '-H "Authorization: Bearer $MATRIARCH_TOKEN"',
    ...(kind === 'command' ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(example === null ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(example))}`]),
  ].join(' \\\n  ')
}

function isMeant({ path, summary, procedure, method }: Endpoint, words: string): boolean {
  const text = `${method} ${path} ${summary} ${procedure}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
