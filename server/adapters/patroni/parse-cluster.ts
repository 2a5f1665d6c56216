import { z } from 'zod'
import type { PatroniClusterView, ScheduledSwitchover } from '#domain/snapshot/patroni.ts'
import { baseUrl } from '../base-url.ts'
import { cleanText } from '../clean-text.ts'
import { parseJson } from '../json.ts'
import type { Target } from '../target.ts'
import { flag, lag, memberName, tags, timeline } from './fields.ts'
import { parseTime } from './times.ts'

/** Parses the body of `GET /cluster` of Patroni 3.0 to 4.1 (utils.py cluster_as_json). */
export function parseClusterView(body: string, target: Target): PatroniClusterView {
  const raw = parseJson(body, viewSchema, target)
  return {
    scope: raw.scope ?? null,
    members: raw.members.map((member) => ({
      name: member.name,
      role: member.role,
      state: member.state ?? '',
      apiUrl: member.api_url ? baseUrl(member.api_url) : null,
      host: member.host || null,
      port: member.port ?? null,
      timeline: member.timeline ?? null,
      lag: member.lag,
      receiveLag: member.receive_lag,
      replayLag: member.replay_lag,
      pendingRestart: member.pending_restart ?? false,
      tags: member.tags,
    })),
    pause: raw.pause ?? false,
    scheduledSwitchover: scheduledOf(raw.scheduled_switchover),
  }
}

const memberSchema = z.object({
  name: memberName,
  role: cleanText,
  state: cleanText.nullish(),
  api_url: cleanText.nullish(),
  host: cleanText.nullish(),
  port: z.number().int().min(0).max(65_535).nullish(),
  timeline,
  lag,
  receive_lag: lag,
  replay_lag: lag,
  pending_restart: flag,
  tags,
})

const scheduledSchema = z.object({ at: cleanText, from: cleanText.nullish(), to: cleanText.nullish() })

const viewSchema = z.object({
  members: z.array(memberSchema).max(500),
  scope: cleanText.nullish(),
  pause: flag,
  scheduled_switchover: scheduledSchema.nullish(),
})

function scheduledOf(raw: z.infer<typeof scheduledSchema> | null | undefined): ScheduledSwitchover | null {
  const at = parseTime(raw?.at)
  return raw && at ? { at, from: raw.from ?? null, to: raw.to ?? null } : null
}
