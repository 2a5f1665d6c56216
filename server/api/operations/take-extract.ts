import { rehearsalResultOf, type Operation } from '#domain/operation/operation.ts'
import { extractStays } from '#domain/rehearsal/extract-size.ts'
import { AppError } from '#server/errors.ts'
import { needOperation } from '../pages/operations.ts'
import type { CommandContext } from '../trpc.ts'

/** The file that a rehearsal took out of the recovered data. */
export interface ExtractFile {
  operation: string
  clusterId: string
  /** Node that keeps it, and its name there. */
  node: string
  name: string
  /** What it is to be called where it is saved. */
  fileName: string
  bytes: number
  sha256: string
}

/** Records that somebody takes the extract of a rehearsal, and says where it is; throws AppError `not-found` and `refused`. */
export async function takeExtract({ act, services: { store } }: CommandContext, id: string): Promise<ExtractFile> {
  const operation = await needOperation(store, id)
  const { clusterId, clusterName, kind } = operation
  const cluster = { id: clusterId, name: clusterName }
  act.on({ target: `${kind} ${id}`, cluster, reason: null })
  const file = fileOf(operation)
  const { node, bytes, sha256 } = file
  act.on({ target: `${kind} ${id}`, cluster, reason: null, detail: { node, bytes, sha256 } })
  return act.commit(() => Promise.resolve(file))
}

function fileOf({ id, plan, clusterId, clusterName, result }: Operation): ExtractFile {
  const extract = rehearsalResultOf(result)?.extract ?? null
  if (extract === null || plan.kind !== 'rehearsal') {
    throw new AppError(
      'refused',
      `The operation ${id} left no file: only a rehearsal that was asked for an extract does.`,
    )
  }
  const { node, name, bytes, sha256 } = extract
  const stays = extractStays(extract)
  if (stays !== null) throw new AppError('refused', stays)
  const what = plan.extract === null ? [] : [plan.extract.schema, plan.extract.table ?? []].flat()
  const fileName = `${[clusterName, ...what].join('-').replaceAll(/[^A-Za-z0-9._-]+/g, '_')}.dump`
  return { operation: id, clusterId, node, name, fileName, bytes, sha256 }
}
