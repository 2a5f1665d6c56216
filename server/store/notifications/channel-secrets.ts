import { z } from 'zod'
import { placeOfSecret, type ChannelSettings } from '#domain/alerts/notify/channel.ts'
import { AppError } from '#server/errors.ts'
import { readSealingKey, type WorkerKeys } from '../keys.ts'
import type { Queryable } from '../queryable.ts'
import { sealForWorkers, unsealSecret } from '../seal.ts'

/**
 * Web side: keeps the newly typed secret of a channel, sealed for the workers together with the place it may be sent to; an empty text
 * removes it.
 */
export async function putChannelSecret(
  tx: Queryable,
  { channelId, settings, secret }: { channelId: string; settings: ChannelSettings; secret: string },
): Promise<void> {
  if (secret === '') {
    await tx.query('delete from channel_secret where channel_id = $1', [channelId])
    return
  }
  const bound = JSON.stringify({ value: secret, kind: settings.kind, place: placeOfSecret(settings) })
  const sealed = sealForWorkers(await readSealingKey(tx), bound, contextOf(channelId))
  // Not `excluded.sealed`: that would need the right to read the column.
  await tx.query(
    `insert into channel_secret (channel_id, sealed, updated_at) values ($1, $2, now())
     on conflict (channel_id) do update set sealed = $2, updated_at = now()`,
    [channelId, sealed],
  )
}

/**
 * Worker side: the secret of a channel; null = it has none. Throws AppError `refused` where it was typed for another place than the
 * settings name by now.
 */
export async function readChannelSecret(
  on: Queryable,
  keys: WorkerKeys,
  { channelId, settings }: { channelId: string; settings: ChannelSettings },
): Promise<string | null> {
  const { rows } = await on.query<{ sealed: Buffer }>('select sealed from channel_secret where channel_id = $1', [
    channelId,
  ])
  const [row] = rows
  if (!row) return null
  const text = unsealSecret(keys.sealing.privateKey, row.sealed, contextOf(channelId))
  const { value, kind, place } = boundSecret.parse(JSON.parse(text))
  if (kind !== settings.kind || place !== placeOfSecret(settings)) {
    throw new AppError(
      'refused',
      `The secret of this channel was typed for ${place ?? kind}, which is not where it leads to now. Type it again.`,
    )
  }
  return value
}

const boundSecret = z.strictObject({ value: z.string(), kind: z.string(), place: z.string().nullable() })

function contextOf(channelId: string): string {
  return `channel|${channelId}|sealed`
}
