import { z } from 'zod'
import { agentPort } from '#domain/agent/agent.ts'
import { existingName } from './fields.ts'

const addressFault = 'Must be an address such as 10.0.1.10:8009.'

/** `host:port` as people write it; without a port the agents' usual one. */
export const agentAddress = z
  .string()
  .trim()
  .max(300, 'Is too long.')
  .transform((text, context) => {
    const address = readAddress(text)
    if (address !== null) return address
    context.addIssue(addressFault)
    return z.NEVER
  })

function readAddress(text: string): string | null {
  if (/[/@?#\s]/.test(text) || !URL.canParse(`tls://${text}`)) return null
  const { hostname, port } = new URL(`tls://${text}`)
  return hostname === '' ? null : `${hostname}:${port === '' ? agentPort : port}`
}

export const ofCluster = z.strictObject({ cluster: existingName })
export const ofNode = z.strictObject({
  cluster: existingName,
  node: z.string().min(1, 'Is empty.').max(63, 'Is too long.'),
})
export const invitation = ofNode.extend({ address: agentAddress.exactOptional() })
