import type { Channel, ChannelSettings } from '#domain/alerts/notify/channel.ts'
import { AppError } from '#server/errors.ts'
import { notify } from '../notify.ts'
import type { Queryable } from '../queryable.ts'
import { channelSettings } from './channel-settings.ts'

/** What of a channel people decide. */
export interface ChannelDraft {
  name: string
  settings: ChannelSettings
  sendsResolved: boolean
  isPaused: boolean
}

/** All channels by their name; one whose settings are none, as after an older version, is left out. */
export async function listChannels(on: Queryable): Promise<Channel[]> {
  return select(on, '', [])
}

/** The channel of an id or name (any case); null where there is none. */
export async function findChannel(on: Queryable, idOrName: string): Promise<Channel | null> {
  const [channel] = await select(on, 'where c.id::text = lower($1) or lower(c.name) = lower($1)', [idOrName])
  return channel ?? null
}

/** Adds a channel; throws AppError `conflict` where its name is taken. */
export async function insertChannel(
  tx: Queryable,
  { name, settings, sendsResolved, isPaused }: ChannelDraft,
  by: string,
): Promise<Channel> {
  const { rows } = await tx
    .query<{ id: string }>(
      `insert into channel (name, kind, settings, send_resolved, is_paused, created_by)
       values ($1, $2, $3, $4, $5, $6) returning id`,
      [name, settings.kind, JSON.stringify(settings), sendsResolved, isPaused, by],
    )
    .catch(toConflict)
  await notify(tx, { kind: 'channels' })
  return need(tx, rows[0]?.id ?? '')
}

/** Changes a channel; throws AppError `conflict` where its name is taken. */
export async function updateChannel(
  tx: Queryable,
  id: string,
  { name, settings, sendsResolved, isPaused }: ChannelDraft,
): Promise<Channel> {
  await tx
    .query(
      `update channel set name = $2, settings = $3, send_resolved = $4, is_paused = $5, updated_at = now()
        where id = $1`,
      [id, name, JSON.stringify(settings), sendsResolved, isPaused],
    )
    .catch(toConflict)
  await notify(tx, { kind: 'channels' })
  return need(tx, id)
}

/** Forgets a channel with its secret and all that was told there. */
export async function deleteChannel(tx: Queryable, id: string): Promise<void> {
  await tx.query('delete from channel where id = $1', [id])
}

async function select(on: Queryable, where: string, values: unknown[]): Promise<Channel[]> {
  const { rows } = await on.query<Omit<Channel, 'settings'> & { settings: unknown }>(
    `select c.id, c.name, c.settings, c.send_resolved as "sendsResolved", c.is_paused as "isPaused",
            exists (select from channel_secret s where s.channel_id = c.id) as "hasSecret"
       from channel c ${where} order by lower(c.name)`,
    values,
  )
  return rows.flatMap(({ settings, ...row }) => {
    const parsed = channelSettings.safeParse(settings)
    return parsed.success ? [{ ...row, settings: parsed.data }] : []
  })
}

async function need(on: Queryable, id: string): Promise<Channel> {
  const [channel] = await select(on, 'where c.id = $1', [id])
  if (!channel) throw new AppError('not-found', 'There is no such channel any more.')
  return channel
}

function toConflict(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === '23505') {
    const sentence = 'Another channel has this name.'
    throw new AppError('conflict', sentence, { fields: [{ field: 'name', sentence }] })
  }
  throw error
}
