import { z } from 'zod'
import { clean, cleanText } from '../clean-text.ts'
import { cleanLines } from './text-lines.ts'

const harmful = new Set(['__proto__', 'constructor', 'prototype'])
const bytes = z.number().nonnegative()
const repositoryKey = z.int().min(1).max(256)
const longText = z.string().transform(cleanLines)
const label = z.string().regex(/^\d{8}-\d{6}F(?:_\d{8}-\d{6}[DI])?$/)
const walName = z.string().regex(/^[0-9A-F]{24}$/)
const status = z.object({ code: z.int(), message: longText })
const database = z.object({ id: z.int().nonnegative(), 'repo-key': repositoryKey.default(1) })

const annotations = z
  .record(z.string(), z.string())
  .nullish()
  .transform((given): Record<string, string> => {
    const kept = Object.entries(given ?? {}).filter(([key]) => !harmful.has(key))
    return Object.fromEntries(
      kept.slice(0, 100).map(([key, value]) => [clean(key).slice(0, 400), clean(value).slice(0, 400)]),
    )
  })

/** A lock as `status.lock` tells it: sizes from 2.48 on, by repository from 2.59 on. */
export const lockSchema = z.object({
  held: z.boolean(),
  size: bytes.nullish(),
  'size-cplt': bytes.nullish(),
  repo: z
    .array(z.object({ key: repositoryKey, size: bytes.nullish(), 'size-cplt': bytes.nullish() }))
    .max(256)
    .nullish(),
})

const backupSchema = z.object({
  label,
  type: z.enum(['full', 'diff', 'incr']),
  prior: label.nullish(),
  reference: z.array(label).max(20_000).nullish(),
  archive: z.object({ start: walName.nullish(), stop: walName.nullish() }).nullish(),
  lsn: z.object({ start: cleanText.nullish(), stop: cleanText.nullish() }).nullish(),
  database,
  info: z.object({
    size: bytes,
    delta: bytes,
    repository: z.object({ size: bytes.nullish(), delta: bytes }),
  }),
  timestamp: z.object({ start: z.number().nonnegative(), stop: z.number().nonnegative() }),
  error: z.boolean().nullish(),
  annotation: annotations,
})

const stanzaSchema = z.object({
  name: cleanText,
  cipher: cleanText.nullish(),
  status: status.extend({ lock: z.object({ backup: lockSchema.nullish(), restore: lockSchema.nullish() }).nullish() }),
  repo: z
    .array(z.object({ key: repositoryKey, cipher: cleanText.nullish(), status }))
    .max(256)
    .nullish(),
  db: z
    .array(database.extend({ 'system-id': z.string().regex(/^\d{1,20}$/), version: cleanText }))
    .max(10_000)
    .nullish(),
  archive: z
    .array(z.object({ id: cleanText, database, min: walName.nullish(), max: walName.nullish() }))
    .max(10_000)
    .nullish(),
  backup: z.array(backupSchema).max(20_000).nullish(),
})

/** What is read of `info --output=json`; other keys are passed over. */
export const infoSchema = z.array(stanzaSchema).max(1_000)

export type InfoStanza = z.infer<typeof stanzaSchema>
export type InfoBackup = z.infer<typeof backupSchema>
export type InfoLock = z.infer<typeof lockSchema>
