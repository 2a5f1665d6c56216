import { z } from 'zod'

/** Made by the client: the same key of the same actor is the same request. */
export const idempotencyKey = z.string().min(8, 'At least 8 characters.').max(100, 'At most 100 characters.')
