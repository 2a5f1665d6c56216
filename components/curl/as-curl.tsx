'use client'

import { useState } from 'react'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { callFor, curlOf } from '#domain/api/curl.ts'
import { CurlText } from './curl-text.tsx'
import { useEndpoints } from './use-endpoints.ts'

/** Exactly what the button beside it would send, as a line for a shell. */
export function AsCurl({ procedure, input }: { procedure: string; input: object }) {
  const [isOpen, setIsOpen] = useState(false)
  const endpoints = useEndpoints(isOpen)
  const given: Record<string, unknown> = { ...input }
  const calls = endpoints.data?.filter((endpoint) => endpoint.procedure === procedure) ?? []
  const call = callFor(calls, given)
  return (
    <details className="min-w-0 print-hidden" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="w-fit cursor-pointer rounded-sm py-1 text-sm text-muted select-none hover:text-text">
        As curl
      </summary>
      {isOpen ? (
        <div className="grid min-w-0 gap-2 pt-1.5">
          {call ? <CurlText text={curlOf(call, given, location.origin)} label="the request as curl" /> : null}
          {endpoints.isPending ? <Skeleton className="h-20" /> : null}
          {endpoints.error ? <p role="alert">{errorSentence(endpoints.error)}</p> : null}
        </div>
      ) : null}
    </details>
  )
}
