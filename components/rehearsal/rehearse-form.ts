'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { makeIdempotencyKey } from '#components/operation/idempotency-key.ts'
import { useTargetChoice, type TargetChoice } from '#components/restore/target-choice.ts'
import { useSettled } from '#components/restore/use-settled.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { reasonFault } from '#domain/reason.ts'
import type { RehearsalExtract, RehearsalPlan, RehearsalWish } from '#domain/plan/rehearsal-plan.ts'

/** What is looked at and taken out, as it is filled in. */
export interface RehearseOptions {
  check: string
  verifiesPages: boolean
  /** Whether tables are taken out, and which: `table` empty = the whole schema. */
  hasExtract: boolean
  database: string
  schema: string
  table: string
}

/** All that is filled in on the sheet, and what follows from it. */
export interface RehearseForm {
  choice: TargetChoice
  options: RehearseOptions
  change: (changes: Partial<RehearseOptions>) => void
  wish: RehearsalWish
  plan: RehearsalPlan | null
  error: unknown
  askAgain: () => void
  reason: string
  setReason: (reason: string) => void
  missing: string | null
  idempotencyKey: string
}

/** The state of the sheet; without another target it is the newest that can be recovered. */
export function useRehearseForm(cluster: string, isOpen: boolean): RehearseForm {
  const choice = useTargetChoice({ type: 'default', timeline: null })
  const [options, setOptions] = useState<RehearseOptions>(atFirst)
  const [reason, setReason] = useState('')
  const [idempotencyKey] = useState(makeIdempotencyKey)
  const wished = useSettled(options)
  const target = useSettled(choice.target)
  const wish: RehearsalWish = {
    target: target ?? { type: 'default', timeline: null },
    repository: null,
    node: null,
    check: wished.check.trim() || null,
    verifiesPages: wished.verifiesPages,
    extract: extractOf(wished),
  }
  const fault = extractFault(options)
  const preview = useQuery(
    useTRPC().rehearsals.preview.queryOptions(
      { cluster, ...wish },
      { enabled: isOpen && target !== null && extractFault(wished) === null, refetchInterval: 5_000, staleTime: 0 },
    ),
  )
  const isSettled = wished === options && target === choice.target
  const plan = isSettled && target !== null ? (preview.data ?? null) : null
  return {
    choice,
    options,
    change: (changes) => setOptions({ ...options, ...changes }),
    wish,
    plan,
    error: plan === null && isSettled && fault === null ? preview.error : null,
    askAgain: () => void preview.refetch(),
    reason,
    setReason,
    missing:
      (choice.target === null ? 'Say which moment is rehearsed.' : fault) ??
      (plan === null ? 'The plan is not there yet.' : plan.blockers[0]) ??
      reasonFault(reason),
    idempotencyKey,
  }
}

const atFirst: RehearseOptions = {
  check: '',
  verifiesPages: true,
  hasExtract: false,
  database: '',
  schema: 'public',
  table: '',
}

/** What is taken out, from the fields; null = nothing. */
export function extractOf({ hasExtract, database, schema, table }: RehearseOptions): RehearsalExtract | null {
  if (!hasExtract) return null
  return { database: database.trim(), schema: schema.trim(), table: table.trim() || null }
}

/** What is missing to take something out; null = nothing. */
export function extractFault({ hasExtract, database, schema }: RehearseOptions): string | null {
  if (!hasExtract) return null
  if (database.trim() === '') return 'Name the database that something is taken out of.'
  return schema.trim() === '' ? 'Name the schema that is taken out.' : null
}
