import { z } from 'zod'

// What an agent tells of itself is kept and shown: signs that a store or a screen chokes on are no part of a name.

/** Name of a member in Patroni, as `agent.toml` takes it. */
export const nodeForm = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/)
/** An agent's version. */
export const versionForm = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+_-]{0,39}$/)
/** Name of a stanza of pgBackRest, as `agent.toml` takes it. */
export const stanzaForm = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/)
/** Name of a verb, of this version or another. */
export const verbNameForm = z.string().regex(/^[a-z][a-z-]{0,62}$/)
