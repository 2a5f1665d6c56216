import { z } from 'zod'
import { nodeForm, stanzaForm, verbNameForm, versionForm } from './told-names.ts'

/**
 * `POST /v1/status`, signed like a verb. The counter is drawn by the agent and given back at the next status: an agent that is
 * asked with a higher one than it has ever drawn runs on a copy of old keys.
 */
export const statusRequest = z.strictObject({
  counter: z.int().min(0),
  /** The newest checkpoint of the audit log, to be kept; only for an agent that has told that it keeps them. */
  checkpoint: z
    .strictObject({
      seq: z.int().min(1),
      hash: z.string().max(64),
      at: z.string().max(40),
      signature: z.string().max(100),
    })
    .optional(),
})

/** A token of another console than the one that the agent obeys was given to it on its own node, and not taken. */
export const foreignToken = 'foreign-token'

export const statusAnswer = z.object({
  agentId: z.uuid(),
  node: nodeForm,
  version: versionForm,
  startedAt: z.iso.datetime(),
  counter: z.int(),
  /** Seconds since 1970, by the node's clock, ms fraction. */
  clock: z.number(),
  /** The stanza of pgBackRest that this node's backups go to; the only one that verbs are done for. */
  stanza: stanzaForm,
  /** Verbs that the node's own `agent.toml` forbids. */
  vetoed: z.array(verbNameForm).max(200),
  /** Jobs that run now. */
  running: z.array(z.object({ operation: z.string(), step: z.string(), verb: z.string() })),
  /** The invitation that somebody on the node waits with, to enrol the agent anew; an older agent does not tell. */
  waitsWith: z.uuid().nullable().optional(),
  /** Room left beside the data folder, bytes; null = the agent cannot tell at the moment. An older agent does not tell. */
  freeBytes: z.int().min(0).nullable().optional(),
  /** What it holds of the console's audit log, and why it did not take the checkpoint that came with the question; an older agent does not tell. */
  checkpoints: z
    .object({
      kept: z.object({ seq: z.int(), hash: z.string().max(64) }).nullable(),
      problem: z.string().max(500).nullable(),
      isDisputed: z.boolean(),
    })
    .optional(),
  /** Requests and tokens refused since the agent began, newest last, at most 50. */
  refusals: z.array(z.object({ at: z.iso.datetime(), code: z.string(), sentence: z.string() })),
})
