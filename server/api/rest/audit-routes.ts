import { TRPCError } from '@trpc/server'
import type { z } from 'zod'
import { auditTable, exportAudit } from '#server/audit/export.ts'
import { auditExport } from '../inputs/audit.ts'
import type { Route } from './routes.ts'

/** The audit log; also as files: for an auditor to prove, and for a spreadsheet. */
export const auditRoutes: Route[] = [
  { method: 'GET', path: '/audit', procedure: 'audit.list', summary: 'Who did what and why, newest first' },
  {
    method: 'GET',
    path: '/audit/export.jsonl',
    procedure: 'audit.export',
    summary: 'The audit log as lines of JSON; without a filter it can be proven whole without the console',
    given: { format: 'jsonl' },
    hidden: ['format'],
    lines: {
      fileName: 'matriarch-audit.jsonl',
      type: 'application/jsonl',
      of: async ({ api, store }, input) => exportAudit(store, await api.audit.export(chosen(input)), new Date()),
    },
  },
  {
    method: 'GET',
    path: '/audit/export.csv',
    procedure: 'audit.export',
    summary: 'The audit log as a table for spreadsheets',
    given: { format: 'csv' },
    hidden: ['format'],
    lines: {
      fileName: 'matriarch-audit.csv',
      type: 'text/csv',
      of: async ({ api, store }, input) => auditTable(store, await api.audit.export(chosen(input))),
    },
  },
  { method: 'GET', path: '/audit/verify', procedure: 'audit.verify', summary: 'Proof that the audit log is whole' },
]

function chosen(input: Record<string, unknown>): z.output<typeof auditExport> {
  const asked = auditExport.safeParse(input)
  if (!asked.success) throw new TRPCError({ code: 'BAD_REQUEST', cause: asked.error })
  return asked.data
}
