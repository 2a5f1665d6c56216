import type { Grant } from '#domain/people/grant.ts'
import { AppError } from '#server/errors.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { insertToken } from '#server/store/tokens.ts'
import { hashSecretText, makeSecretText } from './secret-text.ts'

/** Makes a token in the transaction; its text is told once and never kept. Throws `conflict` when the name is taken. */
export async function makeToken(
  tx: Queryable,
  wanted: {
    name: string
    grants: readonly Grant[]
    createdBy: string
    /** Whose rights bound the token's; null = nobody's. */
    ownerId: string | null
    expiresInDays: number | null
  },
): Promise<{ id: string; token: string }> {
  const token = `mtr_${makeSecretText()}`
  const row = await insertToken(tx, { ...wanted, hash: hashSecretText(token) })
  if (!row) {
    const sentence = `There is a token called ${wanted.name} already. Choose another name.`
    throw new AppError('conflict', sentence, { fields: [{ field: 'name', sentence }] })
  }
  return { id: row.id, token }
}
