const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }

/** Every way in which a request is not done. */
export function problemResponses(isChange: boolean) {
  const shared = {
    400: { description: 'Not accepted: `fields` says what is wrong where', content },
    401: { description: 'No token that counts', content },
    403: { description: 'The token does not hold the permission', content },
    404: { description: 'There is nothing of that name', content },
    default: { description: 'Not done, and why', content },
  }
  if (!isChange) return shared
  return {
    ...shared,
    409: { description: 'Taken, or the same key is under way', content },
    412: { description: 'A precondition does not hold: the sentence says which', content },
    422: { description: 'The Idempotency-Key came with another request', content },
  }
}

/** A problem (RFC 9457). */
export const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'fields'],
  properties: {
    type: { type: 'string', description: 'urn:matriarch:problem: and the code.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What, where, and what to do.' },
    instance: { type: 'string', description: 'The address that was asked.' },
    code: { type: 'string' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'sentence'],
        properties: { field: { type: 'string' }, sentence: { type: 'string' } },
      },
    },
  },
  example: {
    type: 'urn:matriarch:problem:refused',
    title: 'Refused',
    status: 412,
    detail: 'The plan was made for the leader pg-node-1, which is pg-node-2 now. Look at the plan again.',
    instance: '/api/v1/clusters/orders/switchover',
    code: 'refused',
    fields: [],
  },
}
